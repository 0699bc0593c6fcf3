using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Tepui.Services.Tests.Clients;

/// <summary>What clients of Marathon send, sent again: every request is answered with the status that the client goes on with.</summary>
public sealed class RecordedClientTests(Cluster cluster) : IClassFixture<Cluster>
{
    /// <summary>Apps that never come up, so that their deployments stay.</summary>
    private static readonly string[] Stuck = ["/gotest/docker", "/gotest/checked", "/gostuck/big", "/pytest/checked", "/pytest/fails", "/pystuck/big", "/dcos/big"];

    private Support.Services Services => cluster.Services;

    [Theory]
    [InlineData("go-marathon")]
    [InlineData("marathon-python")]
    [InlineData("dcos")]
    [InlineData("marathon-exporter")]
    [InlineData("marathon-lb")]
    [InlineData("prometheus")]
    public async Task Requests_Recorded_AreAnsweredAsTheClientExpects(string client)
    {
        var expected = Recording.StatusesOf(client);
        var wrong = new StringBuilder();
        foreach (var request in Recording.Of(client))
        {
            if (request.Method is not ("GET" or "HEAD"))
            {
                await SettledAsync();
            }

            var (status, head) = await request.SendAsync(Services.Host.Endpoint, await IdsAsync(request));

            var isJson = head.Contains("Content-Type: application/json", StringComparison.OrdinalIgnoreCase) || head.Contains("Content-Type: text/event-stream", StringComparison.OrdinalIgnoreCase);
            var isEmpty = head.Contains("Content-Length: 0", StringComparison.OrdinalIgnoreCase) || request.Method == "HEAD" || status == 204;
            if (status != expected.GetValueOrDefault(request.Name) || !(isJson || isEmpty))
            {
                wrong.Append(CultureInfo.InvariantCulture, $"{request.Name}\t{status}\t{request.Method} {request.Path}\n");
            }
        }

        Assert.True(wrong.Length == 0, $"{client}: answered otherwise than expected:\n{wrong}");
    }

    /// <summary>Waits until no deployment is under way but those that stay.</summary>
    private Task SettledAsync()
    {
        JsonArray deployments = [];
        return Wait.UntilAsync(
            async () =>
            {
                deployments = (await Services.GetAsync("/v2/deployments")).Json.AsArray();
                return deployments.All(deployment => deployment!["affectedApps"]!.AsArray().Any(app => Stuck.Contains((string)app!, StringComparer.Ordinal)));
            },
            () => $"deployments have finished; under way: {deployments.ToJsonString()}");
    }

    private async Task<IReadOnlyDictionary<string, string>> IdsAsync(Recording request)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in request.Names)
        {
            await Wait.UntilAsync(
                async () =>
                {
                    if (await FindAsync(name) is { } found)
                    {
                        ids[name] = found;
                    }

                    return ids.ContainsKey(name);
                },
                () => $"there is a {name}");
        }

        return ids;
    }

    private async Task<string?> FindAsync(string name)
    {
        var id = name[(name.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? slash : 0)..];
        switch (name.Split(' ')[0])
        {
            case "task":
                var tasks = (await Services.GetAsync($"/v2/apps{id}/tasks")).Json["tasks"]!.AsArray();
                return (string?)tasks.FirstOrDefault(task => (string?)task!["state"] == "TASK_RUNNING")?["id"];
            case "instance":
                var status = (await Services.GetAsync($"/v2/pods{id}::status")).Json;
                return (string?)status["instances"]!.AsArray().FirstOrDefault(instance => (string?)instance!["status"] == "STABLE")?["id"];
            case "version":
                return (string?)(await Services.GetAsync($"/v2/apps{id}/versions")).Json["versions"]!.AsArray()[^1];
            case "podversion":
                return (string?)(await Services.GetAsync($"/v2/pods{id}::versions")).Json.AsArray()[^1];
            default:
                var deployments = (await Services.GetAsync("/v2/deployments")).Json.AsArray();
                return (string?)deployments.FirstOrDefault(deployment => deployment!["affectedApps"]!.AsArray().Any(app => ((string)app!).EndsWith("/big", StringComparison.Ordinal)))?["id"];
        }
    }
}
