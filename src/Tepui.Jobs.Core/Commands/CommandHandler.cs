namespace Tepui.Jobs.Core.Commands;

/// <summary>Carries out what clients want.</summary>
internal static class CommandHandler
{
    /// <summary>Answers exactly once.</summary>
    public static void Handle(Turn turn, JobsInput.Request request)
    {
    }
}
