using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Tepui.Sdk.Operators;

namespace Tepui.Terminal;

/// <summary>What commands that talk to a master share: where it is, how to print, and which exit code a failure gets.</summary>
internal abstract class ClientCommand : Command, IDetailed
{
    private const int DefaultPort = 5050;

    private readonly Option<string> _master = new("--master")
    {
        Description = "Master's address, HOST:PORT (environment: TEPUI_MASTER)",
        HelpName = "HOST:PORT",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("TEPUI_MASTER") is { Length: > 0 } master ? master : "127.0.0.1:5050",
    };

    private readonly Option<OutputFormat> _output = CommonOptions.Output();

    /// <summary>A command with its description and examples (one command line each).</summary>
    protected ClientCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Details = Help.Examples(examples);
        Options.Add(_master);
        Options.Add(_output);
        SetAction(RunAsync);
    }

    /// <inheritdoc/>
    public string Details { get; }

    /// <summary>Does the work; returns an <see cref="ExitCode"/>.</summary>
    protected abstract Task<int> ExecuteAsync(Invocation invocation, CancellationToken cancel);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            var master = ParseMaster(parsed.GetValue(_master)!);
            using var client = new OperatorClient(master);
            return await ExecuteAsync(new Invocation(parsed, parsed.GetValue(_output), master, client), cancel);
        }
        catch (CommandFailure failure)
        {
            return Fail(failure.ExitCode, failure.Message);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (TaskCanceledException)
        {
            return Fail(ExitCode.Unreachable, $"the master at {parsed.GetValue(_master)} did not answer in time");
        }
        catch (HttpRequestException problem)
        {
            var why = problem.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "connection refused" : problem.Message;
            return Fail(
                ExitCode.Unreachable,
                $"no master answers at {parsed.GetValue(_master)}: {why}. Start one with 'tepui local', or name another with --master HOST:PORT.");
        }
        catch (OperatorException refused)
        {
            return Fail(refused.Status == HttpStatusCode.NotFound ? ExitCode.NotFound : ExitCode.Failure, $"the master {refused.Message}");
        }
    }

    /// <summary>The base address meant by <c>HOST</c>, <c>HOST:PORT</c> or a URL.</summary>
    internal static Uri ParseMaster(string text)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || parsed.Host.Length == 0)
        {
            throw new CommandFailure(ExitCode.Usage, $"--master is '{text}'; it must be HOST:PORT, as in 10.0.0.1:5050");
        }

        return parsed.IsDefaultPort && !text.Contains("://", StringComparison.Ordinal) && !text.EndsWith(":80", StringComparison.Ordinal)
            ? new UriBuilder(parsed) { Port = DefaultPort }.Uri
            : parsed;
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"tepui: {message}");
        return code;
    }
}
