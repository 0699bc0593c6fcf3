using System.Text;
using Tepui.Compatibility.Tests.Documents;
using Tepui.Compatibility.Tests.Endpoints;
using Tepui.Compatibility.Tests.Live;

namespace Tepui.Compatibility.Tests;

/// <summary>Every v0 endpoint is asked of a running master or agent; docs/compatibility.md says whether it is there.</summary>
[Collection("live")]
public sealed class EndpointTests(LiveCluster cluster)
{
    [Fact]
    public async Task MasterEndpoints_InThePage_AreThoseOfTheMaster() =>
        Document.Check("compatibility.md", "master-endpoints", await TableAsync(cluster.Master.Address, KnownEndpoints.Master(cluster.AgentId)));

    [Fact]
    public async Task AgentEndpoints_InThePage_AreThoseOfTheAgent() =>
        Document.Check("compatibility.md", "agent-endpoints", await TableAsync(cluster.Agent.Address, KnownEndpoints.Agent));

    private async Task<string> TableAsync(Uri host, IReadOnlyList<Endpoint> endpoints)
    {
        var table = new StringBuilder("| endpoint | here | remarks |\n|---|---|---|\n");
        foreach (var endpoint in endpoints)
        {
            var claim = new Claim(endpoint.Path, endpoint.Note, endpoint.Partly, endpoint.NotYet);
            var refused = !endpoint.Elsewhere && (await AskAsync(host, endpoint)).Refused;
            table.Append("| ").Append(endpoint.Method).Append(" `").Append(endpoint.Path).Append("` | ").Append(claim.Status(refused)).Append(" | ").Append(Document.Cell(claim.Note)).Append(" |\n");
        }

        return table.ToString();
    }

    private Task<Probe> AskAsync(Uri host, Endpoint endpoint)
    {
        var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), new Uri(host, endpoint.Path));
        if (endpoint.Body is { } body)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
        }

        return Probe.SendAsync(cluster.Http, request);
    }
}
