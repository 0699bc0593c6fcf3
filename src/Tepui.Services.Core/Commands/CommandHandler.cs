using System.Diagnostics;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Killing;

namespace Tepui.Services.Core.Commands;

/// <summary>Requests of clients.</summary>
internal static class CommandHandler
{
    /// <summary>Carries a request out and answers it; one that was carried out already is only answered.</summary>
    public static void Handle(Turn turn, ServicesInput.Request request)
    {
        if (request.Key is { } known && turn.State.Requests.Find(known) is { } before)
        {
            turn.Reply(request.Id, before);
            return;
        }

        turn.Origin = request.Origin;
        var outcome = Run(turn, request.Command);
        if (request.Key is { } key)
        {
            turn.State.Requests.Keep(turn, key, outcome);
        }

        turn.Reply(request.Id, outcome);
    }

    private static CommandOutcome Run(Turn turn, ServicesCommand command) => command switch
    {
        ServicesCommand.CreateApp create => AppCommands.Create(turn, create),
        ServicesCommand.PutApp put => AppCommands.Put(turn, put),
        ServicesCommand.PutApps puts => AppCommands.PutAll(turn, puts),
        ServicesCommand.DeleteApp delete => AppCommands.Delete(turn, delete),
        ServicesCommand.RestartApp restart => AppCommands.Restart(turn, restart),
        ServicesCommand.KillAppTasks kill => KillCommands.KillAppTasks(turn, kill),
        ServicesCommand.KillTasks kill => KillCommands.KillTasks(turn, kill),
        ServicesCommand.CreatePod create => PodCommands.Create(turn, create),
        ServicesCommand.PutPod put => PodCommands.Put(turn, put),
        ServicesCommand.DeletePod delete => PodCommands.Delete(turn, delete),
        ServicesCommand.KillPodInstances kill => KillCommands.KillPodInstances(turn, kill),
        ServicesCommand.CreateGroup create => GroupCommands.Create(turn, create),
        ServicesCommand.PutGroup put => GroupCommands.Put(turn, put),
        ServicesCommand.PatchGroup patch => GroupCommands.Patch(turn, patch),
        ServicesCommand.DeleteGroup delete => GroupCommands.Delete(turn, delete),
        ServicesCommand.CancelDeployment cancel => DeploymentCommands.Cancel(turn, cancel.Id, cancel.Force),
        ServicesCommand.PauseDeployment pause => DeploymentCommands.Pause(turn, pause.Id),
        ServicesCommand.ResumeDeployment resume => DeploymentCommands.Resume(turn, resume.Id),
        ServicesCommand.PromoteDeployment promote => DeploymentCommands.Promote(turn, promote.Id),
        ServicesCommand.ResetDelay reset => QueueCommands.ResetDelay(turn, reset),
        ServicesCommand.SetCallback callback => CallbackCommands.Set(turn, callback),
        _ => throw new UnreachableException($"No feature handles {command.GetType().Name}"),
    };
}
