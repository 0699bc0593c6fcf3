
namespace Tepui.Services;

/// <summary>Talks to services over their REST API.</summary>
internal sealed class ServicesClient : RestClient
{
    /// <summary>A client for the services at <paramref name="address"/>, as in <c>http://127.0.0.1:8080</c>.</summary>
    public ServicesClient(Uri address, TimeProvider? time = null)
        : base("services", address, "Marathon-Deployment-Id", time) => Headers.Add("X-Tepui-Extras", "true");
}
