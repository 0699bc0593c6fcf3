using System.Net.Http.Headers;
using System.Text;

namespace Tepui.Jobs.Notices;

/// <summary>Posts JSON. Redirects are not followed, and of the answer only the status is looked at.</summary>
/// <param name="limit">Longest time for one call.</param>
/// <param name="time">The clock.</param>
internal sealed class WebPost(TimeSpan limit, TimeProvider time) : IDisposable
{
    /// <summary>Longest time for one call.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Posts it.</summary>
    /// <param name="url">Where to; user and password in it are sent as credentials.</param>
    /// <param name="json">The body.</param>
    /// <param name="credentials">USER:PASSWORD.</param>
    /// <param name="header">A further header.</param>
    /// <param name="cancel">Nobody waits any more.</param>
    public async Task<NoticeResult> SendAsync(Uri url, byte[] json, string? credentials, (string Name, string Value)? header, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timer.Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var secret = credentials ?? (url.UserInfo.Length > 0 ? Uri.UnescapeDataString(url.UserInfo) : null);
        if (secret is not null)
        {
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)));
        }

        if (header is var (name, value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.IsSuccessStatusCode ? NoticeResult.Told : NoticeResult.Failed($"{url.Host} answered {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return NoticeResult.Failed($"no answer from {url.Host} within {limit.TotalSeconds} s");
        }
        catch (HttpRequestException e)
        {
            return NoticeResult.Failed(e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
