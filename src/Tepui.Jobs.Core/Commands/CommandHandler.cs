using System.Diagnostics;

namespace Tepui.Jobs.Core.Commands;

/// <summary>Carries out what clients want.</summary>
internal static class CommandHandler
{
    /// <summary>Answers exactly once.</summary>
    public static void Handle(Turn turn, JobsInput.Request request) => turn.Reply(request.Id, Run(turn, request.Command));

    private static CommandOutcome Run(Turn turn, JobsCommand command) => command switch
    {
        JobsCommand.Put put => PutCommands.Put(turn, put),
        JobsCommand.Remove remove => RemoveCommands.Remove(turn, remove),
        JobsCommand.RemoveAll => RemoveCommands.RemoveAll(turn),
        JobsCommand.SetDisabled set => SwitchCommands.Set(turn, set),
        JobsCommand.Start start => RunCommands.Start(turn, start),
        JobsCommand.MarkSuccess mark => RunCommands.MarkSuccess(turn, mark),
        JobsCommand.KillAll kill => KillCommands.KillAll(turn, kill),
        JobsCommand.Kill kill => KillCommands.Kill(turn, kill),
        JobsCommand.Backfill backfill => BackfillCommands.Backfill(turn, backfill),
        JobsCommand.Progress progress => TaskCommands.Progress(turn, progress),
        JobsCommand.Complete complete => TaskCommands.Complete(turn, complete),
        JobsCommand.PurgeHistory => RunCommands.PurgeHistory(turn),
        _ => throw new UnreachableException($"No feature handles {command.GetType().Name}"),
    };
}
