using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Launching.Tasks;

public sealed class ChecksTests
{
    private static readonly CheckTiming Timing = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4), 5);

    [Theory]
    [InlineData(HealthProtocol.Http)]
    [InlineData(HealthProtocol.Https)]
    [InlineData(HealthProtocol.Tcp)]
    public void Health_RunByTheScheduler_StaysHere(HealthProtocol protocol) => Assert.Null(Launch(new AppHealthCheck { Protocol = protocol, PortIndex = 0 }).HealthCheck);

    [Fact]
    public void Health_Command_RunsInAShellAndNeverKills()
    {
        var check = Launch(new AppHealthCheck { Protocol = HealthProtocol.Command, Command = "true", Timing = Timing }).HealthCheck;

        Assert.Equal(HealthCheck.Types.Type.Command, check.Type);
        Assert.Equal("true", check.Command.Value);
        Assert.True(check.Command.Shell);
        Assert.Equal((1, 2, 3, 4), (check.GracePeriodSeconds, check.IntervalSeconds, check.TimeoutSeconds, check.DelaySeconds));
        Assert.Equal(uint.MaxValue, check.ConsecutiveFailures);
    }

    [Theory]
    [InlineData(HealthProtocol.MesosHttp, "http")]
    [InlineData(HealthProtocol.MesosHttps, "https")]
    public void Health_HttpByTheAgent_AsksThePortOfTheTask(HealthProtocol protocol, string scheme)
    {
        var task = Launch(new AppHealthCheck { Protocol = protocol, PortIndex = 1, Path = "/health" });

        Assert.Equal((scheme, "/health"), (task.HealthCheck.Http.Scheme, task.HealthCheck.Http.Path));
        Assert.Equal(task.Discovery.Ports.Ports_[1].Number, task.HealthCheck.Http.Port);
    }

    [Fact]
    public void Health_TcpByTheAgent_FixedPortWinsOverIndex() =>
        Assert.Equal(99u, Launch(new AppHealthCheck { Protocol = HealthProtocol.MesosTcp, PortIndex = 0, Port = 99 }).HealthCheck.Tcp.Port);

    [Fact]
    public void Health_BesideOneOfTheScheduler_TheAgentsIsSent() =>
        Assert.Equal(HealthCheck.Types.Type.Tcp, Launch(new AppHealthCheck { PortIndex = 0 }, new AppHealthCheck { Protocol = HealthProtocol.MesosTcp, PortIndex = 0 }).HealthCheck.Type);

    [Fact]
    public void Health_MappedPort_IsAskedInside()
    {
        var app = A.App() with
        {
            PortDefinitions = [],
            Networks = [new(NetworkMode.Bridge, null, new Dictionary<string, string>())],
            Container = new() { PortMappings = [A.Mapping(80, 0)] },
            HealthChecks = [new() { Protocol = HealthProtocol.MesosTcp, PortIndex = 0 }],
        };

        Assert.Equal(80u, Launch(app).HealthCheck.Tcp.Port);
    }

    [Fact]
    public void Reported_EachKind_IsOnTheWire()
    {
        var http = Launch(A.App() with { Check = new() { HttpPath = "/x", HttpScheme = "HTTP", PortIndex = 0, Interval = TimeSpan.FromSeconds(9) } });
        var tcp = Launch(A.App() with { Check = new() { IsTcp = true, Port = 7 } });
        var exec = Launch(A.App() with { Check = new() { Shell = "true" } });

        Assert.Equal(("/x", http.Discovery.Ports.Ports_[0].Number, 9d), (http.Check.Http.Path, http.Check.Http.Port, http.Check.IntervalSeconds));
        Assert.Equal(7u, tcp.Check.Tcp.Port);
        Assert.Equal("true", exec.Check.Command.Command_.Value);
        Assert.Equal([CheckInfo.Types.Type.Http, CheckInfo.Types.Type.Tcp, CheckInfo.Types.Type.Command], [http.Check.Type, tcp.Check.Type, exec.Check.Type]);
    }

    private static TaskInfo Launch(params AppHealthCheck[] checks) => Launch(A.App() with { PortDefinitions = [A.Port(), A.Port(10001, "b")], HealthChecks = checks });

    private static TaskInfo Launch(AppSpec app)
    {
        var scene = new Scene();
        scene.Add(app);
        scene.Offer(An.Offer());
        return Assert.Single(scene.Launched());
    }
}
