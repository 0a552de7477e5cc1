namespace ScaleFunctions.App.Commands;

/// <summary>What a verb's exit code means; documented in docs/cli.md.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Something is wrong; standard error says what.</summary>
    public const int Failed = 1;

    /// <summary><c>plan</c>: something would change. <c>apply</c>: something is left to do. <c>doctor</c>: code sets a capacity back.</summary>
    public const int WouldChange = 2;

    /// <summary><c>assess</c>, <c>plan</c>, <c>apply</c>: part of the estate could not be read, and the rest is told.</summary>
    public const int Partial = 3;

    /// <summary><c>apply</c>: it acted, and something of it failed; the lines say what.</summary>
    public const int NotAllDone = 4;

    /// <summary>Interrupted before the work was done.</summary>
    public const int Interrupted = 130;

    /// <summary>The same, by SIGTERM.</summary>
    public const int Terminated = 143;
}
