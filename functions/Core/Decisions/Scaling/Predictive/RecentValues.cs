namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>The latest values of a series as one span, without allocating: the buffer is twice as long as what is kept.</summary>
internal sealed class RecentValues(int kept)
{
    private readonly double[] _values = new double[2 * kept];

    /// <summary>How many values there are: at least those kept, once so many were added, and fewer than twice as many.</summary>
    public int Count { get; private set; }

    public double this[int index]
    {
        get => _values[index];
        set => _values[index] = value;
    }

    public ReadOnlySpan<double> All => _values.AsSpan(0, Count);

    public void Add(double value)
    {
        if (Count == _values.Length)
        {
            _values.AsSpan(kept).CopyTo(_values);
            Count = kept;
        }

        _values[Count++] = value;
    }
}
