namespace ScaleFunctions.Core.Forecasts;

/// <summary>The largest of the last values, in constant time a value on the average.</summary>
public sealed class SlidingMaximum
{
    // Values that a later one has passed can never be the largest again; what is left descends.
    private readonly (long At, double Value)[] _ring;
    private readonly int _length;
    private long _now;
    private int _first;
    private int _count;

    /// <param name="length">How many of the latest values count.</param>
    public SlidingMaximum(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _length = length;
        _ring = new (long, double)[length];
    }

    /// <summary>Takes a value and tells the largest of the last ones, this one included.</summary>
    public double Add(double value)
    {
        while (_count > 0 && _ring[(_first + _count - 1) % _length].Value <= value)
        {
            _count--;
        }

        if (_count > 0 && _ring[_first].At <= _now - _length)
        {
            _first = (_first + 1) % _length;
            _count--;
        }

        _ring[(_first + _count) % _length] = (_now, value);
        _count++;
        _now++;
        return _ring[_first].Value;
    }
}
