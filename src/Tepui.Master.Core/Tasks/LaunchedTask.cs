using Tepui.Master.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Tasks;

/// <summary>One task the master keeps account of.</summary>
internal sealed class LaunchedTask(FrameworkId framework, Protocol.V1.Task wire, ResourceSet resources, DateTimeOffset added)
{
    private Protocol.V1.Task _wire = wire;
    private TaskView? _view;

    /// <summary>Its id, unique within its framework.</summary>
    public TaskId Id { get; } = TaskId.From(wire.TaskId);

    /// <summary>Its owner.</summary>
    public FrameworkId Framework { get; } = framework;

    /// <summary>Where it runs.</summary>
    public AgentId Agent { get; } = AgentId.From(wire.AgentId);

    /// <summary>What it takes, with the allocation role.</summary>
    public ResourceSet Resources { get; } = resources;

    /// <summary>When the master took it in.</summary>
    public DateTimeOffset Added { get; } = added;

    /// <summary>What is known of it; replaced on every change, never changed, so readers may keep it.</summary>
    public Protocol.V1.Task Wire
    {
        get => _wire;
        set
        {
            _wire = value;
            _view = null;
        }
    }

    /// <summary>The latest state known, which may be ahead of what the framework was told.</summary>
    public TaskState State => _wire.State;

    /// <summary>Whether its resources are accounted to it: until its first terminal state.</summary>
    public bool HoldsResources { get; set; }

    /// <summary>Its framework wants it ended, with this policy; told again when its agent comes back.</summary>
    public KillWish? Kill { get; set; }

    /// <summary>What readers see.</summary>
    public TaskView View => _view ??= new(_wire, Added);
}

/// <summary>A wish to end a task.</summary>
/// <param name="Policy">How; <see langword="null"/> for the task's own.</param>
internal sealed record KillWish(KillPolicy? Policy);
