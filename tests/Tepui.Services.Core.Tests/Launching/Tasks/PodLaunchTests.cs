using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Launching.Tasks;

public sealed class PodLaunchTests
{
    private static readonly Dictionary<string, string> NoLabels = [];

    [Fact]
    public void Of_TwoContainers_OneGroupUnderTheDefaultExecutor()
    {
        var pod = A.Pod("/g/pod") with
        {
            User = "pod",
            Labels = new Dictionary<string, string> { ["a"] = "pod", ["b"] = "pod" },
            Containers =
            [
                new() { Name = "one", Shell = "run", Cpus = 0.5, Mem = 64, Labels = new Dictionary<string, string> { ["b"] = "one" }, KillGracePeriod = TimeSpan.FromSeconds(3) },
                new() { Name = "two", Argv = ["/bin/x", "y"], Cpus = 0.1, Mem = 32, User = "two", Artifacts = [new("http://x", true, false, false, null)] },
            ],
        };

        var (group, instance) = Launch(pod);

        Assert.Equal(ExecutorInfo.Types.Type.Default, group.Executor.Type);
        Assert.Equal(instance.Id.Value, group.Executor.ExecutorId.Value);
        Assert.Equal("framework", group.Executor.FrameworkId.Value);
        Assert.Equal(["cpus:0.1", "mem:32", "disk:10"], group.Executor.Resources.Select(resource => $"{resource.Name}:{resource.Scalar.Value}"));
        Assert.Equal([$"{instance.Id}.one.1", $"{instance.Id}.two.1"], group.TaskGroup.Tasks.Select(task => task.TaskId.Value));
        Assert.Equal(["one", "two"], group.TaskGroup.Tasks.Select(task => task.Name));
        Assert.Equal(["one", "two"], instance.Tasks.Select(task => task.Container));
        var (one, two) = (group.TaskGroup.Tasks[0], group.TaskGroup.Tasks[1]);
        Assert.Equal("run", one.Command.Value);
        Assert.Equal(("pod", "two"), (one.Command.User, two.Command.User));
        Assert.Equal(["a=pod", "b=one"], one.Labels.Labels_.Select(label => $"{label.Key}={label.Value}"));
        Assert.Equal(["/bin/x", "y"], two.Command.Arguments);
        Assert.Equal("/bin/x", two.Command.Value);
        Assert.Single(two.Command.Uris);
        Assert.Equal(3_000_000_000, one.KillPolicy.GracePeriod.Nanoseconds);
        Assert.Equal("pod.g", one.Discovery.Name);
        Assert.False(one.Container.LinuxInfo.ShareCgroups);
    }

    [Fact]
    public void Of_LegacySharedCgroups_AreShared() => Assert.True(Launch(A.Pod() with { LegacySharedCgroups = true }).Group.TaskGroup.Tasks[0].Container.LinuxInfo.ShareCgroups);

    [Fact]
    public void Of_HostNetwork_EndpointsAreHostPorts()
    {
        var pod = A.Pod() with
        {
            Networks = [new(NetworkMode.Host, null, NoLabels)],
            Containers = [new() { Name = "main", Shell = "x", Cpus = 0.1, Mem = 32, Endpoints = [Endpoint("web-ui", null, 0)], Env = Env(("X", "container")) }, new() { Name = "side", Shell = "y", Cpus = 0.1, Mem = 32 }],
            Env = Env(("X", "pod"), ("Y", "pod")),
        };

        var (group, instance) = Launch(pod);

        var port = $"{instance.Tasks[0].HostPorts[0]}";
        var main = Variables(group.TaskGroup.Tasks[0]);
        var side = Variables(group.TaskGroup.Tasks[1]);
        Assert.Equal(port, main["ENDPOINT_WEB_UI"]);
        Assert.Equal(port, main["EP_HOST_WEB_UI"]);
        Assert.DoesNotContain("EP_CONTAINER_WEB_UI", main.Keys);
        Assert.Equal(port, side["ENDPOINT_WEB_UI"]);
        Assert.Equal(("container", "pod"), (main["X"], main["Y"]));
        Assert.Equal("pod", side["X"]);
        Assert.Equal(("main", "side"), (main["MARATHON_CONTAINER_ID"], side["MARATHON_CONTAINER_ID"]));
        Assert.Equal(instance.Id.Value, main["MESOS_EXECUTOR_ID"]);
        Assert.Equal("0.1", main["MARATHON_CONTAINER_RESOURCE_CPUS"]);
        Assert.Equal("host1", main["HOST"]);
    }

    [Fact]
    public void Of_ContainerNetwork_ExecutorJoinsItAndMapsPorts()
    {
        var pod = A.Pod() with
        {
            Networks = [new(NetworkMode.Container, "blue", NoLabels)],
            Containers =
            [
                new()
                {
                    Name = "main", Shell = "x", Cpus = 0.1, Mem = 32,
                    Endpoints = [Endpoint("a", 80, 0), Endpoint("b", 81, null)],
                    HealthCheck = new() { HttpEndpoint = "a", HttpPath = "/h", HttpScheme = "HTTPS" },
                    Check = new() { IsTcp = true, Endpoint = "b" },
                },
            ],
        };

        var (group, instance) = Launch(pod);

        var network = Assert.Single(group.Executor.Container.NetworkInfos);
        Assert.Equal("blue", network.Name);
        Assert.Equal((80u, (uint)instance.Tasks[0].HostPorts[0]!), (Assert.Single(network.PortMappings).ContainerPort, network.PortMappings[0].HostPort));
        Assert.Null(instance.Tasks[0].HostPorts[1]);
        var task = group.TaskGroup.Tasks[0];
        var variables = Variables(task);
        Assert.Equal(("80", "81", "80"), (variables["ENDPOINT_A"], variables["ENDPOINT_B"], variables["EP_CONTAINER_A"]));
        Assert.DoesNotContain("EP_HOST_B", variables.Keys);
        Assert.Equal(("https", "/h", 80u), (task.HealthCheck.Http.Scheme, task.HealthCheck.Http.Path, task.HealthCheck.Http.Port));
        Assert.Equal(uint.MaxValue, task.HealthCheck.ConsecutiveFailures);
        Assert.Equal(81u, task.Check.Tcp.Port);
        Assert.Equal(["host", "container"], task.Discovery.Ports.Ports_.Select(port => port.Labels.Labels_.Single(label => label.Key == "network-scope").Value));
    }

    [Fact]
    public void Of_Volumes_AreMounted()
    {
        var pod = A.Pod() with
        {
            Volumes = [new("shared", null, null, null), new("etc", "/etc", null, null), new("key", null, null, "s")],
            Secrets = new Dictionary<string, string> { ["s"] = "/s" },
            Containers = [new() { Name = "main", Shell = "x", Cpus = 0.1, Mem = 32, VolumeMounts = [new("shared", "/data", null), new("etc", "/host-etc", true), new("key", "/key", null)] }],
        };

        var volumes = Launch(pod).Group.TaskGroup.Tasks[0].Container.Volumes;

        Assert.Equal("shared", volumes[0].Source.SandboxPath.Path);
        Assert.Equal(Volume.Types.Source.Types.SandboxPath.Types.Type.Parent, volumes[0].Source.SandboxPath.Type);
        Assert.Equal(("/etc", Volume.Types.Mode.Ro), (volumes[1].Source.HostPath.Path, volumes[1].Mode));
        Assert.Equal("/s", volumes[2].Source.Secret.Reference.Name);
    }

    [Fact]
    public void Of_Image_EntryPointStaysUnlessOverridden()
    {
        var image = new PodImage("DOCKER", "nginx", null, null, NoLabels);
        var kept = Launch(A.Pod() with { Containers = [new() { Name = "main", Argv = ["a", "b"], Image = image, Cpus = 0.1, Mem = 32 }] }).Group.TaskGroup.Tasks[0];
        var overridden = Launch(A.Pod() with { Containers = [new() { Name = "main", Argv = ["a", "b"], OverrideEntrypoint = true, Image = image, Cpus = 0.1, Mem = 32 }] }).Group.TaskGroup.Tasks[0];

        Assert.False(kept.Command.HasValue);
        Assert.Equal("a", overridden.Command.Value);
        Assert.Equal("nginx", kept.Container.Mesos.Image.Docker.Name);
    }

    private static Endpoint Endpoint(string name, int? containerPort, int? hostPort) => new(name, containerPort, hostPort, ["tcp"], NoLabels, []);

    private static Dictionary<string, EnvValue> Env(params (string Name, string Value)[] values) => values.ToDictionary(value => value.Name, value => new EnvValue(value.Value, null));

    private static Dictionary<string, string> Variables(TaskInfo task) => task.Command.Environment.Variables.ToDictionary(variable => variable.Name, variable => variable.Value);

    private static (Offer.Types.Operation.Types.LaunchGroup Group, Core.Instances.Instance Instance) Launch(PodSpec pod)
    {
        var scene = new Scene();
        scene.Add(pod);
        scene.Offer(An.Offer());
        return (Assert.Single(Assert.Single(scene.Of<ServicesEffect.Accept>()).Operations).LaunchGroup, scene.Instances(pod)[0]);
    }
}
