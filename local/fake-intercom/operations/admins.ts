import type { FakeAdmin } from "../options.ts";
import { ok, type Reply, refuse } from "../reply.ts";
import type { ApiRequest } from "../routes.ts";
import type { World } from "../world.ts";

/** `GET /me`: the admin in whose name the app was installed. */
export function readMe(world: World): Reply {
  const [admin] = world.settings.admins;
  if (admin === undefined) return refuse(404, "admin_not_found", "Admin not found");
  return ok({ ...adminJson(admin), app: { type: "app", id_code: "abc12345", name: "Fake workspace" } });
}

/** `GET /admins/{id}` */
export function readAdmin(world: World, { id }: ApiRequest): Reply {
  const admin = world.settings.admins.find((candidate) => candidate.id === id);
  return admin === undefined ? refuse(404, "admin_not_found", "Admin not found") : ok(adminJson(admin));
}

function adminJson(admin: FakeAdmin) {
  return { type: "admin", id: admin.id, name: admin.name, email: admin.email, has_inbox_seat: true };
}
