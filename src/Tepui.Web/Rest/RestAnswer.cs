using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Tepui.Web.Rest;

/// <summary>An answer, good or bad.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The JSON body; of kind Undefined when there is none.</param>
/// <param name="Headers">Its headers.</param>
public sealed record RestAnswer(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers);
