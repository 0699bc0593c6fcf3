using System.Text;
using Tepui.Protocol.V1;

namespace Tepui.Sdk.Http;

/// <summary>Says who a client is (HTTP Basic, RFC 7617).</summary>
internal static class BasicAuthorization
{
    /// <summary>Value of the Authorization header.</summary>
    public static string Header(Credential credential) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Principal}:{credential.Secret}"));
}
