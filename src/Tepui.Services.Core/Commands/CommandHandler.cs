namespace Tepui.Services.Core.Commands;

/// <summary>Requests of clients.</summary>
internal static class CommandHandler
{
    /// <summary>Carries a request out and answers it.</summary>
    public static void Handle(Turn turn, ServicesInput.Request request) =>
        turn.Reply(request.Id, new CommandOutcome.Refused(RefusalKind.Failed, $"No feature handles {request.Command.GetType().Name}"));
}
