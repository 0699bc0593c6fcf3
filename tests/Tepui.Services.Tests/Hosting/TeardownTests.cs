using Tepui.Protocol.V1;
using Tepui.Runtime.Hosting;
using Tepui.Sdk.Operators;

namespace Tepui.Services.Tests.Hosting;

public sealed class TeardownTests(Cluster cluster) : IClassFixture<Cluster>
{
    [Fact]
    public async Task Framework_TornDown_EndsTheScheduler_AndTheNextStartRunsAllAgain()
    {
        var services = cluster.Services;
        await services.PostAsync("/v2/apps", """{"id":"/web","cmd":"sleep 1000","cpus":0.1,"mem":32,"instances":2}""");
        var before = (await services.RunningAsync("/web", 2)).Select(task => (string)task!["id"]!).ToList();
        var id = (string)(await services.GetAsync("/v2/info")).Json["frameworkId"]!;

        using (var client = new OperatorClient(new Uri($"http://{cluster.MasterAddress}")))
        {
            await client.TeardownAsync(new FrameworkID { Value = id });
        }

        Assert.Equal(ExitCode.Failure, await services.Host.Completion.WaitAsync(Wait.Limit));
        await services.RestartAsync();

        // The tasks of before are taken for running until the master is heard.
        await Wait.UntilAsync(
            async () => !(await services.RunningAsync("/web", 2)).Any(task => before.Contains((string)task!["id"]!, StringComparer.Ordinal)),
            () => "two other tasks run");
        Assert.NotEqual(id, (string)(await services.GetAsync("/v2/info")).Json["frameworkId"]!);
    }
}
