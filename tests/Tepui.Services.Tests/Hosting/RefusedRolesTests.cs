using Tepui.Master;

namespace Tepui.Services.Tests.Hosting;

public sealed class RefusedRolesTests : IAsyncLifetime
{
    private const string Group = """{"id":"/NAME","enforceRole":true,"apps":[{"id":"web","cmd":"sleep 1000","cpus":0.1,"mem":32}]}""";

    private readonly string _directory = Directory.CreateTempSubdirectory("tepui-services-").FullName;
    private MasterHost _master = null!;
    private Support.Services _services = null!;

    public async Task InitializeAsync()
    {
        await StartMasterAsync(port: 0, ["*", "team"]);
        _services = await Support.Services.StartAsync(master: $"127.0.0.1:{_master.Endpoint.Port}", directory: Path.Join(_directory, "services"));
    }

    [Fact]
    public async Task Role_ThatTheMasterDoesNotHave_KeepsNeitherOtherRolesNorTheSchedulerAway()
    {
        await _services.PostAsync("/v2/groups", Group.Replace("NAME", "stranger", StringComparison.Ordinal));
        await _services.PostAsync("/v2/groups", Group.Replace("NAME", "team", StringComparison.Ordinal));
        await RevivedAsync(1);

        await _services.RestartAsync();

        await RevivedAsync(1);
        Assert.False(_services.Host.Completion.IsCompleted);
    }

    [Fact]
    public async Task Role_ThatTheMasterDropsLater_IsLeftOutOfTheSubscription()
    {
        await _services.PostAsync("/v2/groups", Group.Replace("NAME", "team", StringComparison.Ordinal));
        await RevivedAsync(1);
        var port = _master.Endpoint.Port;

        await _master.DisposeAsync();
        await SubscribedAsync(0);
        await StartMasterAsync(port, ["*"]);

        await SubscribedAsync(1);
        Assert.False(_services.Host.Completion.IsCompleted);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _master.DisposeAsync();
        await TemporaryDirectory.RemoveAsync(_directory);
    }

    private async Task StartMasterAsync(int port, IReadOnlyList<string> roles) => _master = await MasterHost.StartAsync(
        new MasterSettings { Port = port, WorkDirectory = Path.Join(_directory, "master"), Durable = false, Roles = roles });

    private Task SubscribedAsync(int expected) => Wait.UntilAsync(
        async () => await MetricAsync("gauges", "marathon.mesos.subscribed.gauge", "value") == expected,
        () => $"subscribed is {expected}; ended: {_services.Host.Completion.IsCompleted}");

    private Task RevivedAsync(int least) => Wait.UntilAsync(
        async () => await MetricAsync("counters", "marathon.mesos.calls.revive.counter", "count") >= least,
        () => $"{least} revivals were sent; ended: {_services.Host.Completion.IsCompleted}");

    private async Task<int> MetricAsync(string kind, string name, string member) =>
        (int?)(await _services.GetAsync("/metrics")).Json[kind]?[name]?[member] ?? 0;
}
