using System.Net;

namespace Tepui.Web;

/// <summary>The one HTTP client of the page.</summary>
internal sealed class WebHttp : IDisposable
{
    // Time limits are set for each request, since streams have none.
    public HttpClient Client { get; } = new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        AutomaticDecompression = DecompressionMethods.None,
        UseProxy = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public void Dispose() => Client.Dispose();
}
