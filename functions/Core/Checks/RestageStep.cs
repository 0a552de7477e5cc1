namespace ScaleFunctions.Core.Checks;

/// <summary>What a machine on its way to another size asks for next.</summary>
public abstract record RestageStep
{
    private RestageStep()
    {
    }

    public sealed record Wait(Restage State) : RestageStep;

    /// <summary>The next write.</summary>
    /// <param name="State">With what is tried by it.</param>
    /// <param name="What">Which.</param>
    public sealed record Act(Restage State, RestageAct What) : RestageStep;

    /// <summary>It runs with the size asked for, and is watched from now on.</summary>
    public sealed record Watch(RollOut State) : RestageStep;

    /// <summary>It is over, and it runs.</summary>
    public sealed record End(RollOutEnd How) : RestageStep;
}
