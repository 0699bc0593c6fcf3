namespace Tepui.Services.Core.Killing;

/// <summary>The unhealthy instances of all apps and pods together: when many apps fail at once, the cause is in none of them.</summary>
internal sealed class PoolBudget
{
    /// <summary>Fewer apps and pods than this never count as failing together.</summary>
    private const int LeastSpecs = 3;

    /// <summary>Unhealthy instances of all specs.</summary>
    public int Unhealthy { get; set; }

    /// <summary>Replacements under a limit whose successor is not healthy yet, of all specs.</summary>
    public int Open { get; set; }

    /// <summary>Specs with unhealthy instances.</summary>
    public int Specs { get; set; }

    /// <summary>Limits all specs now.</summary>
    public bool IsLimited { get; set; }

    /// <summary>How many may be replaced at a time under the limit.</summary>
    public static int Allowed(ServicesState state) => Math.Max(1, (int)Math.Floor(state.Options.KillBudgetShare * state.Health.Count));

    /// <summary>Whether so many are unhealthy that it is no coincidence, should they have turned together.</summary>
    public bool IsMany(ServicesState state) =>
        Specs >= LeastSpecs && Specs >= state.Options.CorrelatedFailureShare * state.Health.SpecCount && IsMany(state, Unhealthy);

    /// <summary>Whether so many, with those being replaced, are still no coincidence.</summary>
    public bool IsStillMany(ServicesState state) => Unhealthy > 0 && IsMany(state, Unhealthy + Open);

    /// <summary>Whether so many instances are a share that counts.</summary>
    public static bool IsMany(ServicesState state, int instances) => instances >= Math.Max(LeastSpecs, state.Options.CorrelatedFailureShare * state.Health.Count);

    /// <summary>Whether another one may be replaced now.</summary>
    public bool HasRoom(ServicesState state) => !IsLimited || Open < Allowed(state);
}
