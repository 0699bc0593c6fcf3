using System.Text.Json;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>The commands that talk to services, with the real binary against <c>tepui local</c>.</summary>
public sealed class ServicesCommandTests : IAsyncLifetime, IDisposable
{
    private const string Tick = """{"id": "/tick", "cmd": "echo started $COLOUR; while sleep 1; do echo tick; done", "cpus": 0.01, "mem": 16, "instances": 2, "env": {"COLOUR": "red"}}""";

    private readonly Machine _machine = new();
    private LocalCluster? _cluster;

    public async Task InitializeAsync() => _cluster = await LocalCluster.StartAsync(_machine, "--services-port", "0", "--resources", "cpus:4;mem:2048;disk:1024;ports:[31000-31999]");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _cluster?.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task App_OverItsLife_DoesAsTold()
    {
        await OkAsync("app", "add", File("tick.json", Tick));
        Assert.Equal(2, (await AppAsync("tick")).GetProperty("tasksRunning").GetInt32());

        await OkAsync("app", "scale", "tick", "3");
        Assert.Equal(3, (await JsonAsync("app", "tasks", "tick")).GetArrayLength());

        await OkAsync("app", "update", "tick", "--env", "COLOUR=blue", "--cpus", "0.02");
        Assert.Equal("blue", (await AppAsync("tick")).GetProperty("env").GetProperty("COLOUR").GetString());
        Assert.Contains("started blue", (await OkAsync("app", "log", "tick")), StringComparison.Ordinal);

        var diff = await OkAsync("app", "diff", "tick", "previous");
        Assert.Contains("/env/COLOUR", diff, StringComparison.Ordinal);
        Assert.Contains("/cpus", diff, StringComparison.Ordinal);
        Assert.True((await JsonAsync("app", "versions", "tick")).GetArrayLength() >= 3);

        await OkAsync("app", "rollback", "tick", "previous");
        var back = await AppAsync("tick");
        Assert.Equal("red", back.GetProperty("env").GetProperty("COLOUR").GetString());

        await OkAsync("app", "suspend", "tick");
        Assert.Equal(0, (await JsonAsync("app", "tasks", "tick")).GetArrayLength());
        await OkAsync("app", "rm", "tick");
        Assert.Equal(4, (await RunAsync("app", "show", "tick")).Code);
    }

    [Fact]
    public async Task Kill_OneInstance_IsReplacedUnlessScaled()
    {
        await OkAsync("app", "add", File("tick.json", Tick));
        var first = (await JsonAsync("app", "tasks", "tick"))[0].GetProperty("id").GetString()!;

        await OkAsync("app", "kill", "tick", first);
        await Machine.UntilAsync(
            async () => (await AppAsync("tick")) is var app && app.GetProperty("tasksRunning").GetInt32() == 2 && !app.GetProperty("tasks").GetRawText().Contains(first, StringComparison.Ordinal),
            "the killed instance was not replaced");

        var other = (await JsonAsync("app", "tasks", "tick"))[0].GetProperty("id").GetString()!;
        await OkAsync("app", "kill", "tick", other, "--scale");
        Assert.Equal(1, (await AppAsync("tick")).GetProperty("instances").GetInt32());
        Assert.Equal(4, (await RunAsync("app", "kill", "tick", "nosuch")).Code);
    }

    [Fact]
    public async Task Apply_Stack_IsPlannedDoneAndThenNothingToDo()
    {
        var file = File("stack.yaml", """
            id: /shop
            apps:
              - id: db
                cmd: sleep 1000
                cpus: 0.01
                mem: 16
              - id: web
                cmd: sleep 1000
                cpus: 0.01
                mem: 16
                instances: 2
                dependencies: [db]
            ---
            id: /side
            containers:
              - name: main
                exec: {command: {shell: sleep 1000}}
                resources: {cpus: 0.01, mem: 16}
            """);

        var plan = await JsonAsync("apply", "-f", file, "--plan");
        Assert.Equal(["/shop/db", "/shop/web", "/side"], Changes(plan, "create").Where(id => id != "/shop"));
        var placement = plan.GetProperty("placements").EnumerateArray().Single(one => one.GetProperty("id").GetString() == "/shop/web");
        Assert.Equal((2, 0), (placement.GetProperty("instances").GetArrayLength(), placement.GetProperty("unplaced").GetInt32()));
        Assert.Equal(4, (await RunAsync("app", "show", "/shop/web")).Code);

        await OkAsync("apply", "-f", file, "--yes");
        Assert.Equal(2, (await AppAsync("/shop/web")).GetProperty("tasksRunning").GetInt32());
        Assert.Equal("STABLE", (await JsonAsync("pod", "show", "side")).GetProperty("status").GetString());

        Assert.Empty((await JsonAsync("apply", "-f", file, "--plan")).GetProperty("changes").EnumerateArray());

        var without = File("less.yaml", "id: /shop\napps: [{id: db, cmd: sleep 1000, cpus: 0.02, mem: 16}]\n");
        var second = await JsonAsync("apply", "-f", without, "--plan");
        Assert.Equal(["/shop/db"], Changes(second, "update"));
        Assert.Equal(["/shop/web"], Changes(second, "remove"));
        Assert.Equal(2, (await RunAsync("apply", "-f", without)).Code);
        await OkAsync("apply", "-f", without, "--yes");
        Assert.Equal(4, (await RunAsync("app", "show", "/shop/web")).Code);
    }

    [Fact]
    public async Task App_ThatFitsNowhere_IsExplainedAndHeldByItsDeployment()
    {
        await OkAsync("app", "add", File("big.json", """{"id": "/big", "cmd": "sleep 1000", "cpus": 0.1, "mem": 100000}"""), "--no-wait");

        await Machine.UntilAsync(
            async () => (await RunAsync("explain", "app", "big")) is { Code: 0 } said && said.Output.Contains("mem", StringComparison.Ordinal) && said.Output.Contains("100000", StringComparison.Ordinal),
            "nothing explains why /big waits");
        Assert.Contains("/big", await OkAsync("queue", "ls"), StringComparison.Ordinal);

        var (code, _, errors) = await RunAsync("app", "scale", "big", "2", "--no-wait");
        Assert.Equal(1, code);
        var deployment = (await JsonAsync("deployment", "ls"))[0].GetProperty("id").GetString()!;
        Assert.Contains($"tepui deployment watch {deployment}", errors, StringComparison.Ordinal);

        await OkAsync("deployment", "rollback", deployment);
        Assert.Equal(4, (await RunAsync("app", "show", "big")).Code);
    }

    [Fact]
    public async Task Deployment_ThatFails_EndsWithOne()
    {
        var (code, _, errors) = await RunAsync("app", "add", File("bad.json", """{"id": "/bad", "cmd": "sleep 1000", "fetch": [{"uri": "file:///nosuch/file"}], "cpus": 0.01, "mem": 16, "backoffSeconds": 0, "deployment": {"failureThreshold": 2, "autoRollback": false}}"""));

        Assert.True(code == 1, errors);
        Assert.Contains("2 new instances have failed", errors, StringComparison.Ordinal);
        Assert.Contains("tepui deployment rollback", errors, StringComparison.Ordinal);
        await OkAsync("deployment", "rollback", "bad");
        Assert.Equal(4, (await RunAsync("app", "show", "bad")).Code);
    }

    [Fact]
    public async Task Canary_IsWatchedAndPromoted()
    {
        await OkAsync("app", "add", File("tick.json", Tick));

        var (code, _, errors) = await RunAsync("app", "update", "tick", "-f", File("canary.yaml", "env: {COLOUR: green}\ndeployment: {strategy: canary, canary: {instances: 1, promote: manual}}\n"));
        Assert.True(code == 0, errors);
        Assert.Contains("tepui deployment promote", errors, StringComparison.Ordinal);

        using var watch = _cluster!.StartServices("deployment", "watch", "tick");
        await watch.ForTextAsync("waiting for promotion");
        await OkAsync("deployment", "promote", "tick");
        Assert.Equal(0, await watch.ExitAsync());
        Assert.Equal(2, (await AppAsync("tick")).GetProperty("tasksRunning").GetInt32());
    }

    [Fact]
    public async Task Document_Wrong_TellsAllProblems()
    {
        var (code, output, errors) = await RunAsync("app", "add", File("wrong.yaml", "id: /Wrong\ncpus: -1\nmem: lots\n"));

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("/id", errors, StringComparison.Ordinal);
        Assert.Contains("/cpus", errors, StringComparison.Ordinal);
        Assert.Contains("/mem", errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Changes(JsonElement plan, string kind) => plan.GetProperty("changes").EnumerateArray()
        .Where(change => change.GetProperty("change").GetString() == kind && change.GetProperty("kind").GetString() != "group")
        .Select(change => change.GetProperty("id").GetString()!);

    private string File(string name, string text)
    {
        var path = Path.Join(_machine.Path, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => TepuiProcess.RunAsync([.. arguments, "--services", _cluster!.Services]);

    private async Task<string> OkAsync(params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);
        Assert.True(code == 0, $"tepui {string.Join(' ', arguments)} ended with {code}: {output}{errors}\n{_cluster!.Process}");
        return output;
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments) => JsonDocument.Parse(await OkAsync([.. arguments, "--output", "json"])).RootElement;

    private Task<JsonElement> AppAsync(string id) => JsonAsync("app", "show", id);
}
