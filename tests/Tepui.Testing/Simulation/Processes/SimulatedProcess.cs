using Google.Protobuf;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>
/// A core in its shell: a mailbox taken in batches, one write for each batch, then the rest of its effects. It can die before the write, after it, and between any two effects.
/// </summary>
internal abstract class SimulatedProcess<TInput, TEffect>(World world, string name, Disk disk)
    where TInput : class
    where TEffect : class
{
    private readonly Queue<TInput> _mailbox = new();
    private bool _isBusy;
    private DateTimeOffset? _wake;
    private (DateTimeOffset Second, int Ticks) _spin;

    public string Name { get; } = name;

    public Disk Disk { get; } = disk;

    public bool IsUp { get; private set; }

    /// <summary>Rises with every start and end; what belongs to an older number is void.</summary>
    public int Life { get; private set; }

    /// <summary>By how much its clock is ahead of others.</summary>
    public TimeSpan Ahead { get; private set; }

    protected World World { get; } = world;

    protected DateTimeOffset Clock => World.Now + Ahead;

    protected abstract TInput Tick { get; }

    protected abstract DateTimeOffset? NextDeadline { get; }

    public void Post(TInput input)
    {
        if (IsUp)
        {
            _mailbox.Enqueue(input);
            Work();
        }
    }

    /// <summary>Does something later, if the process still lives then.</summary>
    public void Later(TimeSpan wait, Action act)
    {
        var life = Life;
        World.After(wait, () =>
        {
            if (life == Life)
            {
                act();
            }
        });
    }

    public void Start()
    {
        if (IsUp)
        {
            return;
        }

        IsUp = true;
        Life++;
        var first = new List<TEffect>();
        Boot(first);
        Settle(first);
    }

    /// <summary>Dies without a word.</summary>
    public void Crash(string why)
    {
        if (IsUp)
        {
            World.Note(Name, $"DIES: {why}");
            IsUp = false;
            Life++;
            _mailbox.Clear();
            _isBusy = false;
            _wake = null;
            Died();
        }
    }

    public void JumpClock(TimeSpan time)
    {
        Ahead += time;
        World.Note(Name, $"clock jumps {time.TotalSeconds:F0} s");
        _wake = null;
        SetWake();
    }

    /// <summary>Makes a core from what is on the disk.</summary>
    protected abstract void Boot(List<TEffect> first);

    /// <summary>One step of the core, and the checks after it.</summary>
    protected abstract void Step(TInput input, List<TEffect> effects);

    /// <summary>The entry an effect puts on the disk, if it is of that kind.</summary>
    protected abstract (string Key, IMessage? Entry)? Written(TEffect effect);

    protected abstract void Carry(TEffect effect);

    /// <summary>The process ended: its connections end, and somebody starts it again some time.</summary>
    protected abstract void Died();

    /// <summary>Whether its writes are refused; then it ends.</summary>
    protected virtual bool IsFenced => false;

    protected abstract string Describe(TInput input);

    private void Work()
    {
        if (!_isBusy && IsUp && _mailbox.Count > 0)
        {
            _isBusy = true;
            Later(World.Seconds(0.00002, 0.0003), TakeBatch);
        }
    }

    private void TakeBatch()
    {
        var effects = new List<TEffect>();
        while (_mailbox.TryDequeue(out var input))
        {
            if (input == Tick)
            {
                Spinning();
            }
            else
            {
                World.Note(Name, Describe(input));
            }

            Step(input, effects);
        }

        Settle(effects);
    }

    private void Settle(List<TEffect> effects)
    {
        _isBusy = true;
        var writes = effects.Select(Written).OfType<(string Key, IMessage? Entry)>().ToList();
        var rest = effects.Where(effect => Written(effect) is null).ToList();
        var dies = World.MayCrash && effects.Count > 0 && World.Chance(World.Settings.CrashPoint) ? World.Random.Next(rest.Count + 2) : int.MaxValue;
        if (writes.Count == 0)
        {
            Send(rest, dies);
            return;
        }

        if (IsFenced || Disk.IsFull || dies == 0)
        {
            var full = Disk.IsFull;
            Disk.IsFull = false;
            Crash(IsFenced ? "another writes here" : full ? "disk full" : "before a write");
            return;
        }

        Later(World.Seconds(0.0002, World.Chance(0.02) ? 1 : 0.004), () =>
        {
            foreach (var (key, entry) in writes)
            {
                Disk.Put(key, entry);
            }

            Send(rest, dies - 1);
        });
    }

    private void Send(List<TEffect> effects, int dies)
    {
        var life = Life;
        foreach (var effect in effects)
        {
            if (dies-- == 0)
            {
                Crash($"before {effect.GetType().Name}");
            }

            if (life != Life)
            {
                return;
            }

            Carry(effect);
        }

        if (life == Life)
        {
            _isBusy = false;
            Work();
            SetWake();
        }
    }

    private void SetWake()
    {
        if (!IsUp || NextDeadline is not { } due || (_wake is { } set && set <= due - Ahead && set >= World.Now))
        {
            return;
        }

        var at = due - Ahead;
        _wake = at > World.Now ? at : World.Now;
        var mine = _wake;
        Later(_wake.Value - World.Now, () =>
        {
            if (_wake == mine)
            {
                _wake = null;
                if (NextDeadline <= Clock)
                {
                    Post(Tick);
                }
                else
                {
                    SetWake();
                }
            }
        });
    }

    private void Spinning()
    {
        if (World.Now - _spin.Second > TimeSpan.FromSeconds(1))
        {
            _spin = (World.Now, 0);
        }

        if (++_spin.Ticks > 1500)
        {
            World.Fail($"{Name} spins: over 1500 ticks within a second, the next at {NextDeadline:O}");
        }
    }
}
