using Tepui.Runtime.Rest;
using Tepui.Services.Core;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Rest;

/// <summary>What services read out of every request.</summary>
internal static class ServicesCalls
{
    extension(RestCall call)
    {
        /// <summary>The app, pod or group of the address, absolute.</summary>
        public PathId Id => PathId.Resolve(call["id"], PathId.Root);

        /// <summary>Who asked, for events.</summary>
        public Origin Origin => new(call.ClientAddress, call.Context.Request.Path.Value ?? "/");
    }
}
