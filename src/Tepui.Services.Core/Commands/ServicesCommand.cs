using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Commands;

/// <summary>What a client can ask to change. Bodies are JSON as sent: parsed, not checked.</summary>
public abstract record ServicesCommand
{
    private ServicesCommand()
    {
    }

    /// <summary>Takes over the locks of running deployments.</summary>
    public bool Force { get; init; }

    /// <summary>POST /v2/apps</summary>
    public sealed record CreateApp(JsonNode? Body) : ServicesCommand;

    /// <summary>PUT (<paramref name="MustExist"/> false) and PATCH (true) of one app.</summary>
    /// <param name="Id">Of the address.</param>
    /// <param name="Body">All or some fields.</param>
    /// <param name="Partial">Fields that are absent keep their value.</param>
    /// <param name="MustExist">An unknown app is an error.</param>
    public sealed record PutApp(PathId Id, JsonNode? Body, bool Partial, bool MustExist) : ServicesCommand;

    /// <summary>PUT and PATCH of a list of apps: one deployment for all.</summary>
    public sealed record PutApps(JsonNode? Body, bool Partial, bool MustExist) : ServicesCommand;

    /// <summary>DELETE of an app.</summary>
    public sealed record DeleteApp(PathId Id) : ServicesCommand;

    /// <summary>POST …/restart</summary>
    public sealed record RestartApp(PathId Id) : ServicesCommand;

    /// <summary>DELETE of tasks of one app: all, those of a host, or one.</summary>
    /// <param name="Id">App.</param>
    /// <param name="Host">Only those on this host; unset or <c>*</c>: all.</param>
    /// <param name="TaskId">Only this one.</param>
    /// <param name="Scale">The app shall have so many fewer instances.</param>
    /// <param name="Wipe">Volumes and reservations go too.</param>
    public sealed record KillAppTasks(PathId Id, string? Host, string? TaskId, bool Scale, bool Wipe) : ServicesCommand;

    /// <summary>POST /v2/tasks/delete</summary>
    public sealed record KillTasks(JsonNode? Body, bool Scale, bool Wipe) : ServicesCommand;

    /// <summary>POST /v2/pods</summary>
    public sealed record CreatePod(JsonNode? Body) : ServicesCommand;

    /// <summary>PUT of a pod.</summary>
    public sealed record PutPod(PathId Id, JsonNode? Body) : ServicesCommand;

    /// <summary>DELETE of a pod.</summary>
    public sealed record DeletePod(PathId Id) : ServicesCommand;

    /// <summary>DELETE of instances of a pod: those named.</summary>
    /// <param name="Id">Pod.</param>
    /// <param name="Instances">Instance ids as sent.</param>
    /// <param name="IsSingle">One instance of the address; unknown is an error.</param>
    /// <param name="Wipe">Volumes and reservations go too.</param>
    public sealed record KillPodInstances(PathId Id, IReadOnlyList<string> Instances, bool IsSingle, bool Wipe) : ServicesCommand;

    /// <summary>POST /v2/groups</summary>
    public sealed record CreateGroup(PathId Id, JsonNode? Body) : ServicesCommand;

    /// <summary>PUT of a group; with <paramref name="DryRun"/> only the plan is told.</summary>
    public sealed record PutGroup(PathId Id, JsonNode? Body, bool DryRun) : ServicesCommand;

    /// <summary>PATCH of a group.</summary>
    public sealed record PatchGroup(PathId Id, JsonNode? Body) : ServicesCommand;

    /// <summary>DELETE of a group.</summary>
    public sealed record DeleteGroup(PathId Id) : ServicesCommand;

    /// <summary>DELETE of a deployment: forced stops it where it is, otherwise it goes back.</summary>
    public sealed record CancelDeployment(string Id) : ServicesCommand;

    /// <summary>Lets a deployment wait.</summary>
    public sealed record PauseDeployment(string Id) : ServicesCommand;

    /// <summary>Lets a deployment go on.</summary>
    public sealed record ResumeDeployment(string Id) : ServicesCommand;

    /// <summary>Lets a canary or blue-green deployment take the new version.</summary>
    public sealed record PromoteDeployment(string Id) : ServicesCommand;

    /// <summary>DELETE /v2/queue/…/delay</summary>
    public sealed record ResetDelay(PathId Id) : ServicesCommand;

    /// <summary>Adds or removes an HTTP callback subscriber.</summary>
    public sealed record SetCallback(string Url, bool Subscribed) : ServicesCommand;
}
