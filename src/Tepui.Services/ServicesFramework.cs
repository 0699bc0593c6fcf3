using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Hosting;
using Tepui.Frameworks.Store;
using Tepui.Services.Core;
using Tepui.Services.Rest;
using Tepui.Services.Store;

namespace Tepui.Services;

/// <summary>Services as their host starts them.</summary>
internal sealed class ServicesFramework(ServicesSettings settings, FrameworkHostOptions options) : IFramework
{
    /// <inheritdoc/>
    public string Name => "services scheduler";

    /// <inheritdoc/>
    public ILogger Logger { get; } = options.Logs.CreateLogger("Tepui.Services");

    /// <inheritdoc/>
    public EntryKinds Entries => StoreEntries.Kinds;

    /// <inheritdoc/>
    public string FrameworkKey => StoreKeys.Framework;

    /// <inheritdoc/>
    public string AfterRemoval => "Start again to register anew and run all apps again.";

    /// <inheritdoc/>
    public IFrameworkShell Build(FrameworkStart start)
    {
        var shell = new ServicesShell(settings, options, start, Logger);
        Logger.Started(start.Http.Uri, start.Store.Epoch, start.Count("specs/"), start.Count("instances/"));
        return shell;
    }

    /// <inheritdoc/>
    public Task ErrorAsync(HttpContext context, int status, string message) => ServicesErrors.ErrorAsync(context, status, message);

    /// <inheritdoc/>
    public void Stopped() => Logger.Stopped();

    /// <inheritdoc/>
    public void Failed(Exception? problem, string reason) => Logger.Failed(problem, reason);
}
