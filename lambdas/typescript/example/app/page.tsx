import { exportDocument } from "./actions";

export default function Page() {
  async function act(form: FormData) {
    "use server";
    await exportDocument(String(form.get("document")));
  }
  return (
    <form action={act}>
      <input name="document" />
      <button>Export</button>
    </form>
  );
}
