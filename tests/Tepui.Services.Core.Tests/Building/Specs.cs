using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Building;

/// <summary>Specs with what most tests need.</summary>
internal static class TestSpecs
{
    public static AppSpec App(string id = "/web", int instances = 1) => new() { Id = new(id), Instances = instances, Cmd = "run", Networks = [new(NetworkMode.Host, Name: null, new Dictionary<string, string>())] };

    /// <summary>An app whose instances have a volume each.</summary>
    public static AppSpec Resident(string id = "/db", int instances = 1) => App(id, instances) with
    {
        Container = new() { Volumes = [new() { ContainerPath = "data", Persistent = new("root", 100, MaxSizeMb: null, ProfileName: null, []) }] },
        Unreachable = null,
    };

    /// <summary>An HTTP check of the scheduler: every 10 s, grace 60 s, replaced at failure 4.</summary>
    public static AppHealthCheck HttpCheck(int max = 3) => new() { Protocol = HealthProtocol.Http, Path = "/ready", PortIndex = 0, Timing = Timing(max) };

    /// <summary>A command check of the agent.</summary>
    public static AppHealthCheck CommandCheck(int max = 3) => new() { Protocol = HealthProtocol.Command, Command = "true", Timing = Timing(max) };

    public static PodSpec Pod(string id = "/pod", params string[] containers) =>
        new() { Id = new(id), Containers = [.. containers.Select(name => new PodContainer { Name = name, Shell = "run" })] };

    private static CheckTiming Timing(int max) =>
        new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.Zero, max);
}
