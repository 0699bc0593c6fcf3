using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Link;

/// <summary>The master's side of opening a link.</summary>
public static class LinkServer
{
    /// <summary>Turns the request into a duplex stream.</summary>
    /// <returns>The stream, valid until the request's handler returns; <see langword="null"/> after the request was refused (405 or 426).</returns>
    public static async Task<Stream?> AcceptAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            await Answer.MethodNotAllowedAsync(context, HttpMethods.Get);
            return null;
        }

        var upgrade = context.Features.Get<IHttpUpgradeFeature>();
        var wanted = context.Request.Headers.Upgrade.ToString();
        if (upgrade is not { IsUpgradableRequest: true } || !wanted.Equals(LinkProtocol.Name, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.Upgrade = LinkProtocol.Name;
            await Answer.TextAsync(context, StatusCodes.Status426UpgradeRequired, $"Expecting 'Upgrade: {LinkProtocol.Name}' with 'Connection: Upgrade'");
            return null;
        }

        // Links are silent for long, and their own pings notice a dead peer.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } read)
        {
            read.MinDataRate = null;
        }

        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } write)
        {
            write.MinDataRate = null;
        }

        context.Response.Headers.Upgrade = LinkProtocol.Name;
        return await upgrade.UpgradeAsync();
    }
}
