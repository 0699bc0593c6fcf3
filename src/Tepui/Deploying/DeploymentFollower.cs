using System.Net;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Deploying;

/// <summary>Asks for the state of deployments until they have ended.</summary>
/// <remarks>A deployment outlives its services: while nobody answers, it is asked again for a time.</remarks>
internal sealed class DeploymentFollower(ServicesClient client, IReadOnlyList<string> ids, TimeProvider time)
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuickFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DeploymentStatus> _latest = new(StringComparer.Ordinal);
    private string? _trouble;

    /// <summary>The latest of each deployment, in the order in which they were named; those not heard of yet are left out.</summary>
    public IReadOnlyList<DeploymentStatus> Latest
    {
        get
        {
            lock (_lock)
            {
                return [.. ids.Where(_latest.ContainsKey).Select(id => _latest[id])];
            }
        }
    }

    /// <summary>Why nothing is heard now; <see langword="null"/> when all is well.</summary>
    public string? Trouble
    {
        get
        {
            lock (_lock)
            {
                return _trouble;
            }
        }
    }

    /// <summary>Runs until every deployment has ended or, unless <paramref name="throughHalts"/>, waits for someone.</summary>
    /// <exception cref="CommandFailure">Services do not know a deployment.</exception>
    public async Task RunAsync(bool throughHalts, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        var heard = began;
        while (true)
        {
            try
            {
                foreach (var id in ids.Where(id => !IsFinished(id)))
                {
                    Take(id, await client.GetAsync(ServicesPaths.Deployment(id), cancel));
                }

                heard = time.GetTimestamp();
            }
            catch (RefusedException unknown) when (unknown.Status == HttpStatusCode.NotFound)
            {
                throw new CommandFailure(ExitCode.NotFound, RefusalText.Of(unknown));
            }
            catch (Exception silence) when (IsSilence(silence) && !cancel.IsCancellationRequested && time.GetElapsedTime(heard) < SilenceMax)
            {
                lock (_lock)
                {
                    _trouble = $"the services do not answer ({(silence.InnerException ?? silence).Message}); trying again";
                }
            }

            var latest = Latest;
            if (latest.Count == ids.Count && latest.All(deployment => deployment.IsFinished || (deployment.WaitsForSomeone && !throughHalts)))
            {
                return;
            }

            await Task.Delay(time.GetElapsedTime(began) < QuickFor ? Quick : Slow, time, cancel);
        }
    }

    private static bool IsSilence(Exception failure) => failure is HttpRequestException or TaskCanceledException
        or RefusedException { Status: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout };

    private bool IsFinished(string id)
    {
        lock (_lock)
        {
            return _latest.TryGetValue(id, out var status) && status.IsFinished;
        }
    }

    private void Take(string id, System.Text.Json.Nodes.JsonNode answer)
    {
        lock (_lock)
        {
            _latest[id] = DeploymentStatus.Read(answer);
            _trouble = null;
        }
    }
}
