using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Web.Pages.AppDetail;
using Tepui.Web.Pages.Edit;

namespace Tepui.Web.Tests;

/// <summary>A few apps in all states.</summary>
internal static class ServicesSample
{
    public static void Fill(FakeServices services)
    {
        services.Apps["/prod/web"] = FakeServices.App("/prod/web", instances: 4, running: 2, healthy: 1, unhealthy: 1, staged: 1, deployment: "d1");
        services.Apps["/prod/db"] = FakeServices.App("/prod/db", instances: 1, running: 1);
        services.Apps["/prod/db"]["labels"] = new JsonObject { ["team"] = "data" };
        services.Apps["/crash"] = FakeServices.App("/crash", instances: 3, running: 0);
        services.Apps["/crash"]["crashLoop"] = new JsonObject { ["kind"] = "exit", ["exitCode"] = 1, ["count"] = 7, ["since"] = "2026-01-01T00:00:00.000Z", ["message"] = "Command exited with status 1", ["backoffSeconds"] = 20 };
        services.Apps["/asleep"] = FakeServices.App("/asleep", instances: 0, running: 0);
        services.Apps["/store"] = FakeServices.App("/store", instances: 1, running: 1);
        services.Apps["/store"]["container"] = new JsonObject { ["type"] = "MESOS", ["volumes"] = new JsonArray(new JsonObject { ["containerPath"] = "data", ["mode"] = "RW", ["persistent"] = new JsonObject { ["size"] = 64 } }) };
        services.EmptyGroups["/empty"] = true;
        services.Queue.Add(new JsonObject { ["count"] = 3, ["delay"] = new JsonObject { ["timeLeftSeconds"] = 19, ["overdue"] = false }, ["since"] = "2026-01-01T00:00:00.000Z", ["app"] = new JsonObject { ["id"] = "/crash" } });
        services.Deployments.Add(FakeServices.Deployment("d1", "/prod/web"));
        services.Deployments.Add(FakeServices.Deployment("d0", "/prod/db", outcome: "success"));
        services.Pods.Add(Pod());

        services.Tasks["/prod/web"] = [FakeServices.Task("web.1", "/prod/web"), FakeServices.Task("web.2", "/prod/web", alive: false)];
        services.Tasks["/store"] = [FakeServices.Task("store.1", "/store", alive: null)];
        services.Tasks["/store"][0]!["localVolumes"] = new JsonArray(new JsonObject { ["containerPath"] = "data", ["persistenceId"] = "store#data#c1" });
        services.Apps["/prod/web"]["lastTaskFailure"] = new JsonObject { ["appId"] = "/prod/web", ["host"] = "one.example.org", ["message"] = "Command exited with status 1", ["state"] = "TASK_FAILED", ["taskId"] = "web.0", ["timestamp"] = "2026-01-01T00:00:00.000Z", ["version"] = "2031-01-01T00:00:00.000Z" };
        var old = (JsonObject)services.Apps["/prod/web"].DeepClone();
        old["version"] = "2031-01-01T00:00:00.000Z";
        old["env"] = new JsonObject { ["LEVEL"] = "debug" };
        services.Versions["/prod/web"] = new()
        {
            ["2031-01-01T00:00:00.000Z"] = old,
            ["2031-02-03T04:05:06.789Z"] = (JsonObject)services.Apps["/prod/web"].DeepClone(),
        };
        services.Explanations["/crash"] = new JsonObject
        {
            ["appId"] = "/crash",
            ["waiting"] = 3,
            ["reasons"] = new JsonArray("It is held back after failures."),
            ["rejections"] = new JsonArray(new JsonObject { ["reason"] = "InsufficientCpus", ["declined"] = 2, ["processed"] = 3 }),
            ["nearestMiss"] = new JsonObject { ["agentId"] = "S1", ["host"] = "two.example.org", ["missing"] = new JsonArray(new JsonObject { ["resource"] = "cpus", ["wanted"] = 0.5, ["offered"] = 0.25 }) },
            ["constraints"] = new JsonArray(new JsonObject { ["constraint"] = "hostname UNIQUE", ["agentsLeft"] = 1 }),
            ["agents"] = 2,
        };
    }

    /// <summary>The fields of the form of an app, as a browser would send them.</summary>
    public static Dictionary<string, string> FormOf(JsonObject app)
    {
        var configuration = AppDocument.Configuration(JsonElement.Parse(app.ToJsonString()));
        var form = AppForm.From(configuration);
        var fields = FormLayout.Fields.ToDictionary(field => field.Name, field => form[field.Name], StringComparer.Ordinal);
        foreach (var list in FormLayout.Lists)
        {
            foreach (var row in form.Values.Rows(list))
            {
                foreach (var column in list.Columns.Select(column => column.Name).Append(FormValues.Origin))
                {
                    fields[FormValues.NameOf(list, row, column)] = form[FormValues.NameOf(list, row, column)];
                }
            }
        }

        fields["base"] = configuration.ToJsonString();
        return fields;
    }

    private static JsonObject Pod() => new()
    {
        ["id"] = "/pods/shop",
        ["status"] = "STABLE",
        ["spec"] = new JsonObject
        {
            ["id"] = "/pods/shop",
            ["scaling"] = new JsonObject { ["kind"] = "fixed", ["instances"] = 1 },
            ["containers"] = new JsonArray(new JsonObject { ["name"] = "front", ["resources"] = new JsonObject { ["cpus"] = 0.1, ["mem"] = 32 } }),
        },
        ["instances"] = new JsonArray(new JsonObject
        {
            ["id"] = "pods_shop.instance-1",
            ["status"] = "STABLE",
            ["agentHostname"] = "one.example.org",
            ["agentId"] = "S0",
            ["containers"] = new JsonArray(new JsonObject { ["name"] = "front", ["containerId"] = "pods_shop.instance-1.front" }),
        }),
    };
}
