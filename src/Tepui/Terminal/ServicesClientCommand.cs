using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Tepui.Services;

namespace Tepui.Terminal;

/// <summary>What commands that talk to services share: where they are, how to print, and which exit code a failure gets.</summary>
internal abstract class ServicesClientCommand : Command, IDetailed
{
    private const int DefaultPort = 8080;

    private readonly Option<string> _services = new("--services")
    {
        Description = "Address of the services (environment: TEPUI_SERVICES)",
        HelpName = "URL",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("TEPUI_SERVICES") is { Length: > 0 } services ? services : "http://127.0.0.1:8080",
    };

    private readonly Option<OutputFormat> _output = CommonOptions.Output();

    /// <summary>A command with its description and examples (one command line each).</summary>
    protected ServicesClientCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Details = Help.Examples(examples);
        Options.Add(_services);
        Options.Add(_output);
        SetAction(RunAsync);
    }

    /// <inheritdoc/>
    public string Details { get; }

    /// <summary>Does the work; returns an <see cref="ExitCode"/>.</summary>
    protected abstract Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            var address = ParseAddress(parsed.GetValue(_services)!);
            using var client = new ServicesClient(address);
            return await ExecuteAsync(new ServicesInvocation(parsed, parsed.GetValue(_output), address, client), cancel);
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
            return Fail(ExitCode.Unreachable, $"the services at {parsed.GetValue(_services)} did not answer in time");
        }
        catch (HttpRequestException problem)
        {
            var why = problem.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "connection refused" : problem.Message;
            return Fail(
                ExitCode.Unreachable,
                $"no services answer at {parsed.GetValue(_services)}: {why}. Start them with 'tepui local' or 'tepui services', or name others with --services URL.");
        }
        catch (ServicesRefusedException refused)
        {
            return Fail(refused.Status == HttpStatusCode.NotFound ? ExitCode.NotFound : ExitCode.Failure, RefusalText.Of(refused));
        }
    }

    /// <summary>The base address meant by a URL, <c>HOST:PORT</c> or <c>HOST</c>.</summary>
    internal static Uri ParseAddress(string text)
    {
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? text : $"http://{text}", UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || parsed.Host.Length == 0)
        {
            throw new CommandFailure(ExitCode.Usage, $"--services is '{text}'; it must be a URL, as in http://10.0.0.1:8080");
        }

        return parsed.IsDefaultPort && !hasScheme && !text.EndsWith(":80", StringComparison.Ordinal) ? new UriBuilder(parsed) { Port = DefaultPort }.Uri : parsed;
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"tepui: {message}");
        return code;
    }
}
