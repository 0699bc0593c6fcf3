namespace Tepui.Terminal;

/// <summary>Asks before something is done.</summary>
internal static class Confirmation
{
    /// <summary>Goes on only when someone at the terminal says yes.</summary>
    /// <param name="isInputRead">Whether stdin was read for something else.</param>
    /// <param name="way">Options that do without the question, for the message where there is no terminal.</param>
    /// <param name="cancel">Ends the question.</param>
    /// <exception cref="CommandFailure">Nobody says yes.</exception>
    public static async Task AskAsync(bool isInputRead, string way, CancellationToken cancel)
    {
        if (isInputRead || Console.IsInputRedirected)
        {
            throw new CommandFailure(ExitCode.Usage, $"nothing was changed: there is no terminal to ask on. {way}");
        }

        await Console.Error.WriteAsync("Do it? [y/N] ");
        var answer = await Task.Run(Console.ReadLine, CancellationToken.None).WaitAsync(cancel);
        if (answer?.Trim().ToLowerInvariant() is not ("y" or "yes"))
        {
            throw new CommandFailure(ExitCode.Failure, "nothing was changed");
        }
    }
}
