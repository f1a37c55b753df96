mock_provider "aws" {
  source = "../mocks"
}

variables {
  platform = {
    project        = "clarivum"
    environment    = "test"
    region         = "eu-west-1"
    schedule_group = { name = "clarivum-test", arn = "arn:aws:scheduler:eu-west-1:123456789012:schedule-group/clarivum-test" }
    delayed        = { group = "clarivum-test-delayed", schedules_arn = "arn:aws:scheduler:eu-west-1:123456789012:schedule/clarivum-test-delayed", role_arn = "arn:aws:iam::123456789012:role/clarivum-test-delayed" }
  }
  jobs = {
    thumbnails = {
      queue_name             = "clarivum-test-thumbnails"
      dead_letter_queue_name = "clarivum-test-thumbnails-dlq"
      function_name          = "clarivum-test-thumbnails"
      metrics_namespace      = "ClarivumJobs"
      timeout                = 30
      concurrency            = 4
      schedules              = ["hourly", "nightly"]
      thresholds             = { dead-letters = 1, oldest-message = 7200, errors = 2, throttles = 3, failing = 50, slow = 24 }
      alarm_arns             = [for number in range(120) : "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:clarivum-test-${number}"]
    }
    archive = {
      queue_name             = "clarivum-test-archive"
      dead_letter_queue_name = "clarivum-test-archive-dlq"
      function_name          = "clarivum-test-archive"
      metrics_namespace      = "ClarivumJobs"
      timeout                = 900
      concurrency            = 2
      schedules              = []
      thresholds             = {}
      alarm_arns             = []
    }
  }
}

run "names_carry_project_and_environment_because_dashboards_belong_to_the_account" {
  assert {
    condition     = output.names == { throughput = "clarivum-test-throughput", errors = "clarivum-test-errors" }
    error_message = "Two environments in one account would have one dashboard."
  }
}

run "each_alarm_has_its_line_on_the_graph_of_what_it_guards" {
  assert {
    condition = { for widget in jsondecode(aws_cloudwatch_dashboard.throughput.dashboard_body).widgets : widget.properties.title =>
      join(", ", [for line in widget.properties.annotations.horizontal : "${line.label} ${line.value}"])
      } == {
      "archive: attempts a minute"                        = ""
      "archive: oldest message (s), and how many wait"    = ""
      "archive: seconds a message takes"                  = "timeout 900"
      "archive: at once"                                  = "concurrency 2"
      "thumbnails: attempts a minute"                     = ""
      "thumbnails: oldest message (s), and how many wait" = "alarm: oldest-message 7200"
      "thumbnails: seconds a message takes"               = "alarm: slow 24, timeout 30"
      "thumbnails: at once"                               = "concurrency 4"
    }
    error_message = "A line is missing, or stands elsewhere."
  }

  assert {
    condition = { for widget in jsondecode(aws_cloudwatch_dashboard.errors.dashboard_body).widgets : widget.properties.title =>
      join(", ", [for line in widget.properties.annotations.horizontal : "${line.label} ${line.value}"]) if widget.type == "metric"
      } == {
      "Schedules of clarivum-test: not delivered"         = "alarm 1"
      "Schedules of clarivum-test-delayed: not delivered" = "alarm 1"
      "archive: dead letters"                             = ""
      "archive: crashes and throttles"                    = ""
      "archive: attempts that fail (%)"                   = ""
      "archive: runs, and work not begun"                 = ""
      "thumbnails: dead letters"                          = "alarm: dead-letters 1"
      "thumbnails: crashes and throttles"                 = "alarm: errors 2, alarm: throttles 3"
      "thumbnails: attempts that fail (%)"                = "alarm: failing 50"
      "thumbnails: runs, and work not begun"              = ""
    }
    error_message = "A line is missing, or stands elsewhere."
  }
}

run "graphs_ask_for_the_metrics_of_this_environment" {
  assert {
    condition = alltrue(flatten([for body in [aws_cloudwatch_dashboard.throughput.dashboard_body, aws_cloudwatch_dashboard.errors.dashboard_body] :
      [for widget in jsondecode(body).widgets : [for metric in widget.properties.metrics :
        metric[0] != "ClarivumJobs" ? true : metric[2] == "environment" && metric[3] == "test" && metric[4] == "job" && contains(["archive", "thumbnails"], metric[5])
      ] if widget.type == "metric"]
    ]))
    error_message = "A graph would show another environment's work."
  }

  assert {
    condition = [for metric in [for widget in jsondecode(aws_cloudwatch_dashboard.errors.dashboard_body).widgets : widget if widget.properties.title == "thumbnails: runs, and work not begun"][0].properties.metrics :
      metric[7] if metric[1] == "scheduled_runs_total"
    ] == ["hourly", "nightly"]
    error_message = "The runs of a schedule are not shown."
  }

  assert {
    condition     = alltrue([for widget in jsondecode(aws_cloudwatch_dashboard.errors.dashboard_body).widgets : widget.properties.region == "eu-west-1" if widget.type == "metric"])
    error_message = "A graph would look into another region."
  }
}

run "no_widget_lies_on_another_and_none_is_wider_than_the_page" {
  assert {
    condition = alltrue([for body in [aws_cloudwatch_dashboard.throughput.dashboard_body, aws_cloudwatch_dashboard.errors.dashboard_body] :
      length(distinct([for widget in jsondecode(body).widgets : "${widget.x} ${widget.y}"])) == length(jsondecode(body).widgets)
      && alltrue([for widget in jsondecode(body).widgets : widget.x + widget.width <= 24])
    ])
    error_message = "Widgets cover each other."
  }

  assert {
    condition     = [for widget in jsondecode(aws_cloudwatch_dashboard.errors.dashboard_body).widgets : length(widget.properties.alarms) if widget.type == "alarm"] == [100, 20]
    error_message = "An alarm widget takes a hundred."
  }
}

run "of_many_jobs_the_most_are_searched_for" {
  variables {
    jobs = { for number in range(51) : "job-${number}" => {
      queue_name             = "clarivum-test-job-${number}"
      dead_letter_queue_name = "clarivum-test-job-${number}-dlq"
      function_name          = "clarivum-test-job-${number}"
      metrics_namespace      = "ClarivumJobs"
      timeout                = 30
      concurrency            = 4
      schedules              = []
      thresholds             = { errors = 1 }
      alarm_arns             = ["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:clarivum-test-job-${number}"]
    } }
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.throughput.dashboard_body).widgets) == 6 && length(jsondecode(aws_cloudwatch_dashboard.errors.dashboard_body).widgets) == 7
    error_message = "Fifty-one rows cannot be read."
  }

  assert {
    condition = contains(flatten([for widget in jsondecode(aws_cloudwatch_dashboard.throughput.dashboard_body).widgets : [for metric in widget.properties.metrics : metric[0].expression]]),
      "SORT(SEARCH('{ClarivumJobs,environment,job} environment=\"test\" MetricName=\"job_processed_total\"', 'Sum', 300), MAX, DESC, 20)"
    )
    error_message = "The search would find another environment's work."
  }
}

run "an_environment_without_jobs_has_empty_dashboards" {
  variables {
    jobs = {}
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.throughput.dashboard_body).widgets) == 0
    error_message = "A graph of nothing."
  }
}
