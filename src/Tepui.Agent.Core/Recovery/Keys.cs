using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;

namespace Tepui.Agent.Core.Recovery;

/// <summary>The keys of checkpoints, as checkpoint.proto lists them.</summary>
internal static class Keys
{
    public const string Agent = "agent";
    public const string Epoch = "epoch";

    public static string Framework(FrameworkId id) => $"frameworks/{id}";

    public static string Run(ContainerId container) => $"runs/{container}";

    public static string Task(FrameworkId framework, TaskId task) => $"tasks/{framework}/{task}";

    public static string Kill(FrameworkId framework, TaskId task) => $"kills/{framework}/{task}";

    public static string Update(UpdateStream stream, ulong number) => $"updates/{stream.Framework.Id}/{stream.Id}/{number}";
}
