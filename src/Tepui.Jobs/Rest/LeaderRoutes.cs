using Tepui.Frameworks.Hosting;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>Who leads: the one process that has the store.</summary>
internal sealed class LeaderRoutes(FrameworkIdentity identity)
{
    /// <summary>Adds the route.</summary>
    public void Map(RestRouter router, string prefix) => router.Map("GET", prefix + "/leader", LeaderAsync);

    private Task LeaderAsync(RestCall call) => RestAnswer.JsonAsync(call.Context, json =>
    {
        json.WriteStartObject();
        json.WriteString("leader"u8, identity.Leader);
        json.WriteEndObject();
    });
}
