namespace Tepui.Jobs;

/// <summary>Talks to jobs over their REST API.</summary>
/// <param name="address">Where they are, as in <c>http://127.0.0.1:4400</c>.</param>
/// <param name="time">The clock of waits between retries.</param>
internal sealed class JobsClient(Uri address, TimeProvider? time = null) : RestClient("jobs", address, "X-Tepui-Warning", time);
