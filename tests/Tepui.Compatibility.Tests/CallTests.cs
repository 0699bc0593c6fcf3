using System.Net.Http.Headers;
using System.Text;
using Tepui.Compatibility.Tests.Calls;
using Tepui.Compatibility.Tests.Documents;
using Tepui.Compatibility.Tests.Live;
using Tepui.Protocol.V1;
using Executor = Tepui.Protocol.V1.Executor;
using Operator = Tepui.Protocol.V1.Master;
using OperatorOfAgent = Tepui.Protocol.V1.Agent;
using Provider = Tepui.Protocol.V1.ResourceProvider;
using Scheduler = Tepui.Protocol.V1.Scheduler;

namespace Tepui.Compatibility.Tests;

/// <summary>Every v1 call is made to a running master or agent; docs/compatibility.md says how it ends.</summary>
[Collection("live")]
public sealed class CallTests(LiveCluster cluster)
{
    [Fact]
    public async Task SchedulerCalls_InThePage_AreWhatTheMasterDoes()
    {
        using var framework = await RawFramework.SubscribeAsync(cluster);

        var table = await CallPage.TableAsync(
            Scheduler.Call.Descriptor.EnumTypes.Single(type => type.Name == "Type"),
            SchedulerCalls.Claims,
            async call =>
            {
                // These two are about the stream itself: another framework opens one, or ends.
                using var other = call is "SUBSCRIBE" or "TEARDOWN" ? await RawFramework.SubscribeAsync(cluster) : null;
                return call switch
                {
                    "SUBSCRIBE" => new Probe(200, ""),
                    "TEARDOWN" => await other!.CallAsync(call, ""),
                    _ => await framework.CallAsync(call, SchedulerCalls.Members(call, cluster.AgentId).Replace("FRAMEWORK", framework.Id, StringComparison.Ordinal)),
                };
            });

        Document.Check("compatibility.md", "scheduler-calls", table);
    }

    [Fact]
    public async Task Operations_InThePage_AreWhatTheMasterDoes()
    {
        using var framework = await RawFramework.SubscribeAsync(cluster);
        var offer = (await framework.NextAsync("OFFERS")).GetProperty("offers").GetProperty("offers")[0].GetProperty("id").GetRawText();
        var accepted = await framework.CallAsync("ACCEPT", $$""" "accept":{"offer_ids":[{{offer}}],"operations":[{{OperationClaims.Json}}]} """);
        Assert.True(accepted.Status == 202, accepted.Body);
        var refused = new HashSet<string>(StringComparer.Ordinal);
        for (var expected = OperationClaims.All.Count - 2; expected > 0; expected--)
        {
            var status = (await framework.NextAsync("UPDATE_OPERATION_STATUS")).GetProperty("update_operation_status").GetProperty("status");
            if (status.GetProperty("message").GetString()!.Contains("is not supported", StringComparison.Ordinal))
            {
                refused.Add(status.GetProperty("operation_id").GetProperty("value").GetString()!);
            }
        }

        // Tasks of the cluster show that launches work; that groups do, the agent's own tests show.
        var table = await CallPage.TableAsync(
            Offer.Types.Operation.Descriptor.EnumTypes.Single(type => type.Name == "Type"),
            OperationClaims.All,
            type => Task.FromResult(new Probe(refused.Contains(type) ? 501 : 202, "")));

        Document.Check("compatibility.md", "operations", table.Replace("| call |", "| operation |", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MasterCalls_InThePage_AreWhatTheMasterDoes() => Document.Check("compatibility.md", "master-calls", await CallPage.TableAsync(
        Operator.Call.Descriptor.EnumTypes.Single(type => type.Name == "Type"),
        MasterCalls.Claims,
        call => Probe.CallAsync(cluster.Http, cluster.Master.Address, "api/v1", MasterCalls.Json(call, cluster.AgentId))));

    [Fact]
    public async Task AgentCalls_InThePage_AreWhatTheAgentDoes() => Document.Check("compatibility.md", "agent-calls", await CallPage.TableAsync(
        OperatorOfAgent.Call.Descriptor.EnumTypes.Single(type => type.Name == "Type"),
        AgentCalls.Claims,
        call => call == "ATTACH_CONTAINER_INPUT"
            ? InputAsync()
            : Probe.CallAsync(cluster.Http, cluster.Agent.Address, "api/v1", AgentCalls.Json(call, cluster.ContainerId))));

    [Fact]
    public async Task ExecutorCalls_InThePage_AreWhatTheAgentDoes() => Document.Check("compatibility.md", "executor-calls", await CallPage.TableAsync(
        Executor.Call.Descriptor.EnumTypes.Single(type => type.Name == "Type"),
        AgentCalls.Executor,
        call => Probe.CallAsync(cluster.Http, cluster.Agent.Address, "api/v1/executor", $$$"""{"type":"{{{call}}}","framework_id":{"value":"x"},"executor_id":{"value":"x"}}""")));

    [Fact]
    public async Task ResourceProviderCalls_InThePage_AreWhatTheAgentDoes() => Document.Check("compatibility.md", "resource-provider-calls", await CallPage.TableAsync(
        Provider.Call.Descriptor.EnumTypes.Single(type => type.Name == "Type"),
        AgentCalls.ResourceProvider,
        call => Probe.CallAsync(cluster.Http, cluster.Agent.Address, "api/v1/resource_provider", $$"""{"type":"{{call}}"}""")));

    private Task<Probe> InputAsync()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(cluster.Agent.Address, "api/v1")) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("2\n{}")) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/recordio");
        return Probe.SendAsync(cluster.Http, request);
    }
}
