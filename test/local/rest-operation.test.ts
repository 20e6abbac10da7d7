import { expect, test } from "vitest";
import { restOperation } from "../../local/rest-operation.ts";

test.each([
  ["scheduler", "POST", "/schedules/a%3Ab", "CreateSchedule", { Name: "a:b" }],
  ["scheduler", "GET", "/schedules/a?groupName=g", "GetSchedule", { Name: "a", GroupName: "g" }],
  ["scheduler", "GET", "/schedules?ScheduleGroup=g", "ListSchedules", { GroupName: "g" }],
  ["scheduler", "DELETE", "/schedules/a?groupName=g&clientToken=t", "DeleteSchedule", { Name: "a", GroupName: "g" }],
  [
    "bedrock",
    "POST",
    "/model/eu.amazon.nova-lite-v1%3A0/converse",
    "Converse",
    { modelId: "eu.amazon.nova-lite-v1:0" },
  ],
  ["bedrock", "POST", "/model/arn%3Aaws%2Fm/converse", "Converse", { modelId: "arn:aws/m" }],
  ["bedrock", "POST", "/knowledgebases/KB12345678/retrieve", "Retrieve", { knowledgeBaseId: "KB12345678" }],
  ["bedrock", "POST", "/model/m/invoke", "POST /model/m/invoke", {}],
] as const)("%s: %s %s is %s", (service, method, target, operation, named) => {
  expect(restOperation(service, { method, target })).toEqual({ operation, named });
});
