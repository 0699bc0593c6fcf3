using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Launching.Tasks;

public sealed class AppLaunchTests
{
    [Fact]
    public void Of_PlainApp_NamesIdsAndLabels()
    {
        var task = Launch(A.App("/prod/db/main") with { Labels = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } });

        Assert.Equal("main.db.prod", task.Name);
        Assert.EndsWith("._app.1", task.TaskId.Value, StringComparison.Ordinal);
        Assert.Equal("agent-host1", task.AgentId.Value);
        Assert.Equal(["a=1", "b=2"], task.Labels.Labels_.Select(label => $"{label.Key}={label.Value}"));
        Assert.Null(task.Executor);
        Assert.Null(task.Container);
        Assert.True(task.Command.Shell);
        Assert.Equal("sleep 1000", task.Command.Value);
        Assert.False(task.Command.HasUser);
        Assert.Equal(["cpus:0.1", "mem:32"], task.Resources.Where(resource => resource.Scalar is not null).Select(resource => $"{resource.Name}:{resource.Scalar.Value}"));
    }

    [Fact]
    public void Of_Args_RunTheProgram()
    {
        var task = Launch(A.App() with { Cmd = null, Args = ["/bin/echo", "a b"] });

        Assert.False(task.Command.Shell);
        Assert.Equal("/bin/echo", task.Command.Value);
        Assert.Equal(["/bin/echo", "a b"], task.Command.Arguments);
    }

    [Fact]
    public void Of_EverySimpleField_IsOnTheWire()
    {
        var task = Launch(
            A.App() with
            {
                User = "web",
                Fetch = [new("http://x/a.tgz", true, false, true, "dir/a"), new("/b", false, true, false, null)],
                TaskKillGracePeriod = TimeSpan.FromSeconds(7),
                ResourceLimits = new(2, double.PositiveInfinity),
                Tty = true,
            },
            new() { MesosUser = "nobody" });

        Assert.Equal("web", task.Command.User);
        Assert.Equal("http://x/a.tgz True False True dir/a", Text(task.Command.Uris[0]));
        Assert.Equal("/b False True False ", Text(task.Command.Uris[1]));
        Assert.Equal(7_000_000_000, task.KillPolicy.GracePeriod.Nanoseconds);
        Assert.Equal(2, task.Limits["cpus"].Value);
        Assert.Equal(double.PositiveInfinity, task.Limits["mem"].Value);
        Assert.Equal(ContainerInfo.Types.Type.Mesos, task.Container.Type);
        Assert.NotNull(task.Container.TtyInfo);

        static string Text(CommandInfo.Types.URI uri) => $"{uri.Value} {uri.Extract} {uri.Executable} {uri.Cache} {uri.OutputFile}";
    }

    [Fact]
    public void Of_NoUserOfItsOwn_RunsAsThatOfTheOptions() => Assert.Equal("nobody", Launch(A.App(), new() { MesosUser = "nobody" }).Command.User);

    [Fact]
    public void Of_ExecutorPath_IsACustomExecutorWithItsOwnResources()
    {
        var task = Launch(A.App() with { Executor = "./run", Cmd = "x y", ExecutorResources = new(0.2, 64, 10) });

        Assert.Null(task.Command);
        Assert.Equal($"marathon-{task.TaskId.Value}", task.Executor.ExecutorId.Value);
        Assert.Equal(ExecutorInfo.Types.Type.Custom, task.Executor.Type);
        Assert.Equal("chmod ug+rx './run' && exec './run' x y", task.Executor.Command.Value);
        Assert.Equal("framework", task.Executor.FrameworkId.Value);
        Assert.Equal(["cpus:0.2", "mem:64", "disk:10"], task.Executor.Resources.Select(resource => $"{resource.Name}:{resource.Scalar.Value}"));
    }

    [Fact]
    public void Of_Discovery_OnePortPerProtocol()
    {
        var labels = new Dictionary<string, string> { ["VIP_0"] = "x:80" };
        var task = Launch(A.App("/g/web") with { PortDefinitions = [A.Port(10000, "http", "udp,tcp") with { Labels = labels }, A.Port(10001, null)] });

        Assert.Equal("web.g", task.Discovery.Name);
        Assert.Equal(DiscoveryInfo.Types.Visibility.Framework, task.Discovery.Visibility);
        var ports = task.Discovery.Ports.Ports_;
        Assert.Equal([("http", "udp"), ("http", "tcp"), ("", "tcp")], ports.Select(port => (port.Name, port.Protocol)));
        Assert.Equal(ports[0].Number, ports[1].Number);
        Assert.Equal("VIP_0", Assert.Single(ports[0].Labels.Labels_).Key);
        Assert.Null(ports[2].Labels);
    }

    [Fact]
    public void Of_DockerBridge_MapsPortsAndNamesTheTask()
    {
        var task = Launch(Docker(NetworkMode.Bridge, null, A.Mapping(80, 0, protocol: "udp,tcp"), A.Mapping(0, 0, 10001, "b")));

        var docker = task.Container.Docker;
        Assert.Equal("nginx", docker.Image);
        Assert.Equal(ContainerInfo.Types.DockerInfo.Types.Network.Bridge, docker.Network);
        Assert.Equal(["udp", "tcp", "tcp"], docker.PortMappings.Select(mapping => mapping.Protocol));
        Assert.Equal([80u, 80u, docker.PortMappings[2].HostPort], docker.PortMappings.Select(mapping => mapping.ContainerPort));
        Assert.Equal(["a=b", $"label=MESOS_TASK_ID={task.TaskId.Value}"], docker.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"));
        Assert.Equal("host", task.Discovery.Ports.Ports_[0].Labels.Labels_.Single(label => label.Key == "network-scope").Value);
        Assert.Empty(task.Container.NetworkInfos);
    }

    [Fact]
    public void Of_DockerUserNetwork_NamesIt()
    {
        var task = Launch(Docker(NetworkMode.Container, "blue", A.Mapping(80, null)));

        Assert.Equal(ContainerInfo.Types.DockerInfo.Types.Network.User, task.Container.Docker.Network);
        Assert.Empty(task.Container.Docker.PortMappings);
        Assert.Equal("blue", Assert.Single(task.Container.NetworkInfos).Name);
        var port = Assert.Single(task.Discovery.Ports.Ports_);
        Assert.Equal(80u, port.Number);
        Assert.Equal("container", port.Labels.Labels_.Single(label => label.Key == "network-scope").Value);
    }

    [Fact]
    public void Of_ImageByTheAgentsContainerizer_NetworksWithMappedPorts()
    {
        var app = A.App() with
        {
            PortDefinitions = [],
            Networks = [new(NetworkMode.Container, "blue", new Dictionary<string, string> { ["l"] = "v" }), new(NetworkMode.Container, "red", new Dictionary<string, string>())],
            Container = new()
            {
                Docker = new("nginx", true, false, [], "pull"),
                PortMappings = [A.Mapping(80, 0) with { NetworkNames = ["red"] }],
                LinuxInfo = new(null, true, "PRIVATE", 64),
            },
            Secrets = new Dictionary<string, string> { ["pull"] = "/registry" },
        };

        var container = Launch(app).Container;

        Assert.Equal(ContainerInfo.Types.Type.Mesos, container.Type);
        Assert.Equal("nginx", container.Mesos.Image.Docker.Name);
        Assert.False(container.Mesos.Image.Cached);
        Assert.Equal("/registry", container.Mesos.Image.Docker.Config.Reference.Name);
        Assert.Equal(["blue", "red"], container.NetworkInfos.Select(network => network.Name));
        Assert.Equal("l", Assert.Single(container.NetworkInfos[0].Labels.Labels_).Key);
        Assert.Empty(container.NetworkInfos[0].PortMappings);
        Assert.Equal(80u, Assert.Single(container.NetworkInfos[1].PortMappings).ContainerPort);
        Assert.True(container.LinuxInfo.Seccomp.Unconfined);
        Assert.Equal(64u, container.LinuxInfo.ShmSize);
    }

    [Fact]
    public void Of_BridgeOfTheAgentsContainerizer_IsTheNamedNetwork()
    {
        var app = A.App() with { PortDefinitions = [], Networks = [new(NetworkMode.Bridge, null, new Dictionary<string, string>())], Container = new() { PortMappings = [A.Mapping()] } };

        var network = Assert.Single(Launch(app, new() { MesosBridgeName = "my-bridge" }).Container.NetworkInfos);

        Assert.Equal("my-bridge", network.Name);
        Assert.Single(network.PortMappings);
    }

    [Fact]
    public void Of_Volumes_OfEveryKind()
    {
        var app = A.App() with
        {
            Secrets = new Dictionary<string, string> { ["s"] = "/path/to/s" },
            Container = new()
            {
                Volumes =
                [
                    new() { ContainerPath = "/etc/x", HostPath = "/x", ReadOnly = true },
                    new() { ContainerPath = "secret", Secret = "s" },
                    new() { ContainerPath = "data", External = new("dvdi", "vol", 100, false, """{"dvdi/driver":"rexray","dvdi/iops":"10","other/x":"y"}""") },
                    new()
                    {
                        ContainerPath = "csi",
                        External = new("csi", "vol-2", null, false, """
                            {"pluginName":"p","capability":{"accessType":"mount","accessMode":"MULTI_NODE_READER_ONLY","fsType":"xfs","mountFlags":["ro"]},
                             "nodeStageSecret":{"k":"s"},"volumeContext":{"c":"d"}}
                            """),
                    },
                ],
            },
        };

        var volumes = Launch(app).Container.Volumes;

        Assert.Equal(("/x", "/etc/x", Volume.Types.Mode.Ro), (volumes[0].HostPath, volumes[0].ContainerPath, volumes[0].Mode));
        Assert.Equal("/path/to/s", volumes[1].Source.Secret.Reference.Name);
        var dvdi = volumes[2].Source.DockerVolume;
        Assert.Equal(("rexray", "vol"), (dvdi.Driver, dvdi.Name));
        Assert.Equal(["iops=10", "size=100"], dvdi.DriverOptions.Parameter.Select(parameter => $"{parameter.Key}={parameter.Value}"));
        var csi = volumes[3].Source.CsiVolume;
        Assert.Equal(("p", "vol-2", "xfs"), (csi.PluginName, csi.StaticProvisioning.VolumeId, csi.StaticProvisioning.VolumeCapability.Mount.FsType));
        Assert.Equal("MultiNodeReaderOnly", csi.StaticProvisioning.VolumeCapability.AccessMode.Mode.ToString());
        Assert.Equal("/path/to/s", csi.StaticProvisioning.NodeStageSecrets["k"].Reference.Name);
        Assert.Equal("d", csi.StaticProvisioning.VolumeContext["c"]);
    }

    private static AppSpec Docker(NetworkMode mode, string? network, params PortMapping[] mappings) => A.App() with
    {
        PortDefinitions = [],
        Networks = [new(mode, network, new Dictionary<string, string>())],
        Container = new() { IsDocker = true, Docker = new("nginx", false, false, [new("a", "b")], null), PortMappings = mappings },
    };

    private static TaskInfo Launch(AppSpec app, ServicesOptions? options = null)
    {
        var scene = new Scene(options);
        scene.Add(app);
        scene.Offer(An.Offer());
        return Assert.Single(scene.Launched());
    }
}
