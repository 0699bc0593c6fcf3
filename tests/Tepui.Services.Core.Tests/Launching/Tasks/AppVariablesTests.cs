using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Launching.Tasks;

public sealed class AppVariablesTests
{
    private static readonly Dictionary<string, string> NoLabels = [];

    [Fact]
    public void Of_PlainApp_SaysWhatItIs()
    {
        var variables = Launch(A.App("/g/web", cpus: 0.5, mem: 64) with { Labels = new Dictionary<string, string> { ["my.label--x"] = "v", ["long"] = new('x', 512) } }, out var port);

        Assert.Equal("/g/web", variables["MARATHON_APP_ID"]);
        Assert.Equal("2026-01-01T00:00:00.000Z", variables["MARATHON_APP_VERSION"]);
        Assert.Equal("0.5", variables["MARATHON_APP_RESOURCE_CPUS"]);
        Assert.Equal("64.0", variables["MARATHON_APP_RESOURCE_MEM"]);
        Assert.Equal("0.0", variables["MARATHON_APP_RESOURCE_DISK"]);
        Assert.Equal("0", variables["MARATHON_APP_RESOURCE_GPUS"]);
        Assert.Equal("FALSE", variables["MARATHON_APP_ENFORCE_GROUP_ROLE"]);
        Assert.Equal("MY_LABEL_X", variables["MARATHON_APP_LABELS"]);
        Assert.Equal("v", variables["MARATHON_APP_LABEL_MY_LABEL_X"]);
        Assert.EndsWith("._app.1", variables["MESOS_TASK_ID"], StringComparison.Ordinal);
        Assert.Equal("host1", variables["HOST"]);
        Assert.Equal(port, variables["PORT0"]);
        Assert.Equal(port, variables["PORT"]);
        Assert.Equal(port, variables["PORTS"]);
        Assert.Equal(port, variables["PORT_10000"]);
        Assert.Equal(port, variables["PORT_DEFAULT"]);
    }

    [Fact]
    public void Of_Prefix_IsBeforeHostAndPortsOnly()
    {
        var variables = Launch(A.App(), out _, new() { EnvVarsPrefix = "my_" });

        Assert.Contains("MY_HOST", variables.Keys);
        Assert.Contains("MY_PORT0", variables.Keys);
        Assert.DoesNotContain("PORT0", variables.Keys);
        Assert.Contains("MARATHON_APP_ID", variables.Keys);
    }

    [Fact]
    public void Of_OwnVariables_Win()
    {
        var app = A.App() with { Env = new Dictionary<string, EnvValue> { ["PORT0"] = new("mine", null), ["X"] = new("y", null) } };

        var variables = Launch(app, out _);

        Assert.Equal("mine", variables["PORT0"]);
        Assert.Equal("y", variables["X"]);
    }

    [Fact]
    public void Of_Secret_IsNamedByItsSource()
    {
        var scene = new Scene();
        scene.Add(A.App() with { Env = new Dictionary<string, EnvValue> { ["PASSWORD"] = new(null, "db") }, Secrets = new Dictionary<string, string> { ["db"] = "/prod/db" } });
        scene.Offer(An.Offer());

        var variable = scene.Launched()[0].Command.Environment.Variables.Single(variable => variable.Name == "PASSWORD");

        Assert.Equal("/prod/db", variable.Secret.Reference.Name);
        Assert.False(variable.HasValue);
    }

    [Fact]
    public void Of_UnmappedPorts_FixedOnesAreNotListedGeneratedOnesAre()
    {
        var app = A.App() with
        {
            PortDefinitions = [],
            Networks = [new(NetworkMode.Container, "blue", NoLabels)],
            Container = new() { PortMappings = [A.Mapping(80, null, name: "http"), A.Mapping(0, null, 10001)] },
        };

        var variables = Launch(app, out _);

        Assert.Equal("80", variables["PORT0"]);
        Assert.Equal("80", variables["PORT_80"]);
        Assert.Equal("80", variables["PORT_HTTP"]);
        Assert.InRange(int.Parse(variables["PORT1"]), 1025, 65535);
        Assert.Equal(variables["PORT1"], variables["PORTS"]);
        Assert.Equal(variables["PORT1"], variables["PORT"]);
    }

    [Fact]
    public void Of_OnlyUnmappedFixedPorts_PortsIsThereAndEmpty()
    {
        var app = A.App() with
        {
            PortDefinitions = [],
            Networks = [new(NetworkMode.Container, "blue", NoLabels)],
            Container = new() { PortMappings = [A.Mapping(80, null)] },
        };

        var variables = Launch(app, out _);

        Assert.Equal("", variables["PORTS"]);
        Assert.DoesNotContain("PORT", variables.Keys);
    }

    [Fact]
    public void Of_NoPorts_NothingAboutPorts() => Assert.DoesNotContain(Launch(A.App() with { PortDefinitions = [] }, out _).Keys, name => name.StartsWith("PORT", StringComparison.Ordinal));

    [Fact]
    public void Of_GroupEnforcesRole_SaysSo()
    {
        var scene = new Scene();
        scene.Step(turn => scene.State.Catalog.Change(turn, scene.State.Catalog.Tree.With(new Core.Tree.Group(new("/g"), [], true, A.Start))));
        scene.Add(A.App("/g/h/web") with { Role = "g" });
        scene.Offer(An.Offer(role: "g"));

        Assert.Equal("TRUE", scene.Launched()[0].Command.Environment.Variables.Single(variable => variable.Name == "MARATHON_APP_ENFORCE_GROUP_ROLE").Value);
    }

    private static Dictionary<string, string> Launch(AppSpec app, out string port, ServicesOptions? options = null)
    {
        var scene = new Scene(options);
        scene.Add(app);
        scene.Offer(An.Offer());
        var task = Assert.Single(scene.Launched());
        port = scene.Instances(app)[0].Tasks[0].HostPorts.OfType<int>().Select(number => $"{number}").FirstOrDefault() ?? "";
        return task.Command.Environment.Variables.ToDictionary(variable => variable.Name, variable => variable.Value);
    }
}
