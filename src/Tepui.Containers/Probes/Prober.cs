using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Tepui.Containers.Connection;
using Tepui.Containers.Native;
using Tepui.Protocol.V1;

namespace Tepui.Containers.Probes;

/// <summary>Runs checks: commands under the supervisor like a container, requests and connections from here.</summary>
[SuppressMessage("Security", "CA5359", Justification = "The check asks for an answer, not for an identity.")]
internal sealed class Prober : IDisposable
{
    private const int RedirectsMax = 50;

    // Longer than a timer can run, and than anybody waits.
    private static readonly TimeSpan TimeoutMax = TimeSpan.FromDays(40);

    private readonly ContainerBook _book;
    private readonly Users _users;
    private readonly bool _switchUser;
    private readonly TimeProvider _time;
    private readonly Lazy<HttpClient> _http;

    public Prober(ContainerBook book, Users users, bool switchUser, TimeProvider time)
    {
        _book = book;
        _users = users;
        _switchUser = switchUser;
        _time = time;
        _http = new(NewClient);
    }

    /// <summary>Runs one check within its time.</summary>
    public async Task<ProbeOutcome> RunAsync(ProbeRequest request, CancellationToken cancel)
    {
        var empty = Empty(request);
        using var limit = request.Timeout is { } timeout && timeout < TimeoutMax ? new CancellationTokenSource(timeout, _time) : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return request switch
            {
                { Command: { } command } => await CommandAsync(request.Container, command, both.Token),
                { Http: { } address } => await HttpAsync(address, both.Token),
                { TcpPort: { } port } => await TcpAsync(port, request.Ipv6, both.Token),
                _ => new ProbeOutcome(empty, "The check names neither a command nor an address"),
            };
        }
        catch (OperationCanceledException)
        {
            return new ProbeOutcome(empty, limit.IsCancellationRequested ? $"{Name(request)} timed out after {request.Timeout?.TotalSeconds:0.###} s" : $"{Name(request)} was cancelled");
        }
        catch (Exception failure)
        {
            // Whatever it was: a check that is never answered would never run again.
            return new ProbeOutcome(empty, $"{Name(request)} failed: {(failure.InnerException ?? failure).Message}");
        }
    }

    public void Dispose()
    {
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }

    private async Task<ProbeOutcome> CommandAsync(ContainerLaunch container, CommandInfo command, CancellationToken cancel)
    {
        var environment = new Dictionary<string, string>(container.Environment, StringComparer.Ordinal);
        foreach (var variable in command.Environment?.Variables ?? [])
        {
            environment[variable.Name] = variable.Value;
        }

        var id = container.Id.Child($"check-{Guid.NewGuid():N}");
        var launch = LaunchRequest.Build(container with { Id = id, Environment = environment, SandboxDirectory = Path.GetFullPath(container.SandboxDirectory) }, command, _users.Resolve(_switchUser ? container.User : null));
        launch.Transient = true;
        var check = _book.BeginCheck(id, launch);
        try
        {
            return Ended(await check.Check!.Task.WaitAsync(cancel));
        }
        catch (OperationCanceledException)
        {
            _book.Kill(id, TimeSpan.Zero);
            throw;
        }
    }

    /// <summary>Made with the first check that needs it: what it loads is megabytes.</summary>
    private static HttpClient NewClient() => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = true,
            MaxAutomaticRedirections = RedirectsMax,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.Zero,

            SslOptions = new() { RemoteCertificateValidationCallback = AcceptAny },
        })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>A task's own certificate says nothing about its health.</summary>
    private static bool AcceptAny(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    private static ProbeOutcome Ended(int? waitStatus)
    {
        var info = new CheckStatusInfo { Type = CheckInfo.Types.Type.Command, Command = new() };
        if (waitStatus is not { } status)
        {
            return new(info, "Command's exit status is not known: the supervisor ended meanwhile");
        }

        var signal = status & 0x7F;
        if (signal != 0)
        {
            return new(info, $"Command terminated with signal {signal}");
        }

        info.Command.ExitCode = (status >> 8) & 0xFF;
        return new(info, null);
    }

    private async Task<ProbeOutcome> HttpAsync(Uri address, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.ConnectionClose = true;
        request.Headers.TryAddWithoutValidation("User-Agent", "tepui-check");
        using var response = await _http.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        return new(new() { Type = CheckInfo.Types.Type.Http, Http = new() { StatusCode = (uint)response.StatusCode } }, null);
    }

    private static async Task<ProbeOutcome> TcpAsync(int port, bool isIpv6, CancellationToken cancel)
    {
        var succeeded = true;
        var address = isIpv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), cancel);
        }
        catch (SocketException)
        {
            succeeded = false;
        }

        return new(new() { Type = CheckInfo.Types.Type.Tcp, Tcp = new() { Succeeded = succeeded } }, null);
    }

    private static CheckStatusInfo Empty(ProbeRequest request) => request switch
    {
        { Command: not null } => new() { Type = CheckInfo.Types.Type.Command, Command = new() },
        { Http: not null } => new() { Type = CheckInfo.Types.Type.Http, Http = new() },
        _ => new() { Type = CheckInfo.Types.Type.Tcp, Tcp = new() },
    };

    private static string Name(ProbeRequest request) => request switch
    {
        { Command: not null } => "Command",
        { Http: { } address } => $"GET {address}",
        _ => $"Connection to port {request.TcpPort}",
    };
}
