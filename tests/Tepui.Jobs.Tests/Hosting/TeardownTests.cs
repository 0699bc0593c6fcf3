using Tepui.Protocol.V1;
using Tepui.Runtime.Hosting;
using Tepui.Sdk.Operators;

namespace Tepui.Jobs.Tests.Hosting;

public sealed class TeardownTests(Cluster cluster) : IClassFixture<Cluster>
{
    [Fact]
    public async Task Framework_TornDown_EndsTheScheduler_AndTheNextStartRegistersAnew()
    {
        using var client = new OperatorClient(new Uri($"http://{cluster.MasterAddress}"));
        var before = await FrameworkAsync(client);

        await client.TeardownAsync(new FrameworkID { Value = before });

        Assert.Equal(ExitCode.Failure, await cluster.Jobs.Host.Completion.WaitAsync(Wait.Limit));
        await cluster.Jobs.RestartAsync();
        Assert.NotEqual(before, await FrameworkAsync(client));
    }

    [Fact]
    public async Task Restart_KeepsTheFrameworkId()
    {
        using var client = new OperatorClient(new Uri($"http://{cluster.MasterAddress}"));
        var before = await FrameworkAsync(client);

        await cluster.Jobs.RestartAsync();

        Assert.Equal(before, await FrameworkAsync(client));
    }

    private static async Task<string> FrameworkAsync(OperatorClient client)
    {
        string? id = null;
        await Wait.UntilAsync(
            async () => (id = (await client.GetFrameworksAsync(default)).Frameworks.SingleOrDefault(framework => framework is { Active: true, FrameworkInfo.Name: "chronos" })?.FrameworkInfo.Id.Value) is not null,
            () => "the scheduler is subscribed");
        return id!;
    }
}
