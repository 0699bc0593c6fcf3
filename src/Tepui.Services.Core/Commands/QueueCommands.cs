namespace Tepui.Services.Core.Commands;

/// <summary>Commands on the launch queue.</summary>
internal static class QueueCommands
{
    /// <summary>The next launch of a spec need not wait.</summary>
    public static CommandOutcome ResetDelay(Turn turn, ServicesCommand.ResetDelay command) => turn.State.Queue.ResetDelay(turn, command.Id)
        ? new CommandOutcome.Done()
        : new CommandOutcome.Refused(RefusalKind.NotFound, $"Application {command.Id} not found in tasks queue.");
}
