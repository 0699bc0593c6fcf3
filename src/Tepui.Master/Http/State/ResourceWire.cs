using Tepui.Model.Resources;
using Wire = Tepui.Protocol.V1.Resource;

namespace Tepui.Master.Http.State;

/// <summary>Resource values as messages of the wire.</summary>
internal static class ResourceWire
{
    /// <summary>The form reads answer with: <c>role</c> is always there, and a reservation that is not refined also in the old form.</summary>
    public static Wire[] ForReaders(ResourceSet resources) => resources.ToWire(ResourceFormat.Endpoint);
}
