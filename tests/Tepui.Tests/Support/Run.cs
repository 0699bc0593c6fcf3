using System.CommandLine;
using Tepui.Commands;

namespace Tepui.Tests.Support;

/// <summary>Runs command lines in this process.</summary>
/// <remarks>Stdout and stderr belong to the process: classes that run commands are in one collection.</remarks>
internal static class Run
{
    public const string Collection = "commands";

    public sealed record Result(int Code, string Output, string Errors);

    /// <summary>A command that talks to services.</summary>
    public static Task<Result> Async(FakeServer services, params string[] words) => WithAsync(["--services", services.Address], words);

    /// <summary>A command that talks to jobs.</summary>
    public static Task<Result> JobsAsync(FakeServer jobs, params string[] words) => WithAsync(["--jobs", jobs.Address], words);

    /// <summary>A command that talks to jobs at an address.</summary>
    public static Task<Result> JobsAsync(Uri jobs, params string[] words) => WithAsync(["--jobs", jobs.ToString()], words);

    private static async Task<Result> WithAsync(string[] server, string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var (outBefore, errorsBefore) = (Console.Out, Console.Error);
        Console.SetOut(output);
        Console.SetError(errors);
        try
        {
            var dashes = Array.IndexOf(words, "--");
            var parsed = new TepuiCommand().Parse(dashes < 0 ? [.. words, .. server] : [.. words[..dashes], .. server, .. words[dashes..]]);
            Assert.Empty(parsed.Errors);
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, CancellationToken.None);
            return new(code, output.ToString(), errors.ToString());
        }
        finally
        {
            Console.SetOut(outBefore);
            Console.SetError(errorsBefore);
        }
    }
}
