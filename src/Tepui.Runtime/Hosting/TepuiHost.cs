using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Hosting;

/// <summary>One listening HTTP server: the router of a component first, endpoints of other parts after it, 404 last.</summary>
public sealed class TepuiHost : IAsyncDisposable
{
    /// <summary>Connections that may wait to be accepted. Thousands of agents come at once after a restart, and each that finds no room waits a second and more before it tries again.</summary>
    private const int ConnectionsAheadMax = 16 * 1024;

    private readonly WebApplication _app;

    private TepuiHost(WebApplication app, IPEndPoint endpoint)
    {
        _app = app;
        Endpoint = endpoint;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>The port it listens on.</summary>
    public int Port => Endpoint.Port;

    /// <summary>As a base address for clients on this machine.</summary>
    public Uri Uri => new($"http://{(Endpoint.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, Port) : Endpoint)}/");

    /// <summary>Services of the web application.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Cancelled when the host begins to stop.</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    /// <summary>Builds and starts a server.</summary>
    /// <exception cref="StartupException">The address cannot be listened on; the message says why.</exception>
    public static async Task<TepuiHost> StartAsync(TepuiHostOptions options, MesosRouter router, CancellationToken cancel = default)
    {
        var app = Build(options, router);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (Exception e) when (ListenFailure(e) is { } reason)
        {
            await app.DisposeAsync();
            throw new StartupException($"The {options.Name} cannot listen on {new IPEndPoint(options.Address, options.Port)}: {reason}.", ExitCode.Address, e);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new TepuiHost(app, new IPEndPoint(options.Address, address.Port));
    }

    /// <summary>Stops listening and waits for open requests within the stop timeout.</summary>
    public Task StopAsync(CancellationToken cancel = default) => _app.StopAsync(cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(TepuiHostOptions options, MesosRouter router)
    {
        // The empty builder reads no configuration files, watches nothing and starts in a few milliseconds.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limits(kestrel, options)).UseSockets(sockets => sockets.Backlog = ConnectionsAheadMax);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopTimeout);
        builder.Services.AddRoutingCore();
        builder.Services.Replace(ServiceDescriptor.Singleton(options.Logs ?? NullLoggerFactory.Instance));
        options.Configure?.Invoke(builder);

        var app = builder.Build();
        var errors = new ErrorAnswers((options.Logs ?? NullLoggerFactory.Instance).CreateLogger("Tepui.Http"));
        app.Use(errors.InvokeAsync);
        app.Use(router.InvokeAsync);
        app.UseRouting();
        options.Endpoints?.Invoke(app);
        app.Use((context, next) => context.GetEndpoint() is null ? Answer.StatusAsync(context, StatusCodes.Status404NotFound) : next(context));
        app.UseEndpoints(_ => { });
        return app;
    }

    private static void Limits(KestrelServerOptions kestrel, TepuiHostOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = null;
        kestrel.Limits.MaxConcurrentUpgradedConnections = null;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(10);
        kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static string? ListenFailure(Exception e) => e switch
    {
        IOException { InnerException: AddressInUseException } => "another process uses this port",
        AddressInUseException => "another process uses this port",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "permission denied (ports below 1024 need root)",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "this machine has no such address",
        SocketException socket => socket.Message,
        _ => null,
    };
}
