namespace ScaleFunctions.Core.Policies;

/// <summary>The block collections of a YAML document that are open at one place, by the column of their items.</summary>
internal sealed class OpenBlocks
{
    private readonly Stack<(int Column, bool IsSequence)> _open = new();

    public int Count => _open.Count;

    /// <summary>Column of the innermost one; -1 when none is open.</summary>
    public int InnermostColumn => _open.TryPeek(out var top) ? top.Column : -1;

    public void CloseDeeperThan(int column)
    {
        while (_open.TryPeek(out var block) && block.Column > column)
        {
            _open.Pop();
        }
    }

    /// <summary>Notes an item at a column: it belongs to a collection that is open there, or opens one. A mapping ends a sequence of its column.</summary>
    /// <returns>Whether one was opened.</returns>
    public bool Open(int column, bool isSequence)
    {
        CloseDeeperThan(column);
        if (!isSequence && _open.TryPeek(out var sequence) && sequence == (column, true))
        {
            _open.Pop();
        }

        if (_open.TryPeek(out var top) && top == (column, isSequence))
        {
            return false;
        }

        _open.Push((column, isSequence));
        return true;
    }
}
