using System.Net.Http.Headers;
using System.Text;

namespace Tepui.Compatibility.Tests.Live;

/// <summary>One request, and whether the process knows what it asks for.</summary>
internal sealed record Probe(int Status, string Body)
{
    /// <summary>Not there, or said to be not there yet.</summary>
    public bool Refused => Status == 501 || (Status == 404 && Body == "404 Not Found.");

    /// <summary>Sends a v1 call in JSON.</summary>
    public static Task<Probe> CallAsync(HttpClient http, Uri host, string path, string json, string? stream = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host, path)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd("application/json");
        if (stream is not null)
        {
            request.Headers.Add("Mesos-Stream-Id", stream);
        }

        return SendAsync(http, request);
    }

    /// <summary>Sends any request. Of an answer that streams, the head is enough.</summary>
    public static async Task<Probe> SendAsync(HttpClient http, HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var body = answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync();
            return new Probe((int)answer.StatusCode, body);
        }
    }
}
