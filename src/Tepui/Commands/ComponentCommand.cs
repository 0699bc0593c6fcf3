using System.CommandLine;
using System.Text;
using Tepui.Runtime.Flags;
using Tepui.Settings;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary>A command that is a long-running component with flags of its own (names and defaults as Mesos has them; dashes and underscores are the same).</summary>
internal abstract class ComponentCommand : Command, IDetailed
{
    private readonly FlagTable _flags;
    private readonly Option<OutputFormat> _output = CommonOptions.Output();

    /// <summary>A component with its flags.</summary>
    protected ComponentCommand(FlagTable flags, string description, params string[] examples)
        : base(flags.Component, description)
    {
        Details = $"{Help.Examples(examples)}\n{Describe(flags)}";
        Options.Add(_output);
        _flags = flags;
        TreatUnmatchedTokensAsErrors = false;
        SetAction(RunAsync);
    }

    /// <inheritdoc/>
    public string Details { get; }

    /// <summary>Runs until <paramref name="stop"/> or failure; returns an <see cref="ExitCode"/>.</summary>
    protected abstract Task<int> ServeAsync(FlagValues flags, OutputFormat output, CancellationToken stop);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        try
        {
            return await ServeAsync(FlagReader.Read(_flags, [.. parsed.UnmatchedTokens], new Dictionary<string, string>(StringComparer.Ordinal) { ["work_dir"] = Path.GetFullPath(Path.Join("data", _flags.Component)) }), parsed.GetValue(_output), stop);
        }
        catch (CommandFailure failure)
        {
            return Fail(failure.ExitCode, failure.Message);
        }
        catch (StartupException failure)
        {
            return Fail(failure.ExitCode, failure.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>Says that the component serves: for people on stderr, or as one JSON document on stdout.</summary>
    protected static void Announce(OutputFormat output, Uri address, string workDirectory, string text)
    {
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(new { Address = address.ToString(), WorkDirectory = workDirectory });
        }
        else
        {
            Console.Error.WriteLine($"tepui: {text}");
        }
    }

    private static int Fail(int code, string message)
    {
        foreach (var line in message.Split('\n'))
        {
            Console.Error.WriteLine($"tepui: {line}");
        }

        return code;
    }

    private static string Describe(FlagTable table)
    {
        var text = new StringBuilder("Flags (each also as TEPUI_NAME in the environment):\n");
        foreach (var flag in table.Flags.Where(flag => flag.Status == FlagStatus.Works && flag.Name is not ("help" or "version")))
        {
            text.Append($"  --{flag.Name}{(flag.Default is { } standard ? $"={standard}" : "")}\n      {flag.Meaning}\n");
        }

        text.Append("docs/compatibility.md lists the flags that are accepted without effect, and those that do not work yet.");
        return text.ToString();
    }
}
