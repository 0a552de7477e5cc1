namespace ScaleFunctions.App.Hosting.Git;

/// <summary>
/// What makes one object of another in a pack: pieces to copy of the other, and pieces of its own
/// (https://git-scm.com/docs/pack-format, "Deltified representation").
/// </summary>
internal static class GitDelta
{
    /// <summary>A piece that is copied and says no length has this one.</summary>
    private const int UnsaidLength = 0x10000;

    /// <exception cref="InvalidDataException">It does not fit.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> original, ReadOnlySpan<byte> delta)
    {
        var at = 0;
        if (Size(delta, ref at) != original.Length)
        {
            throw new InvalidDataException("a delta is for another object");
        }

        var made = new byte[Size(delta, ref at)];
        var written = 0;
        while (at < delta.Length)
        {
            var step = delta[at++];
            ReadOnlySpan<byte> piece;
            if ((step & 0x80) != 0)
            {
                var offset = Number(delta, ref at, step, 4);
                var length = Number(delta, ref at, step >> 4, 3);
                piece = Part(original, offset, length == 0 ? UnsaidLength : length);
            }
            else
            {
                // No step has the number 0.
                piece = step == 0 ? throw new InvalidDataException("a delta has a step that nobody knows") : Part(delta, at, step);
                at += step;
            }

            if (piece.Length > made.Length - written)
            {
                throw new InvalidDataException("a delta makes more than it says");
            }

            piece.CopyTo(made.AsSpan(written));
            written += piece.Length;
        }

        return written == made.Length ? made : throw new InvalidDataException("a delta makes less than it says");
    }

    /// <summary>Seven bits a byte, the lowest first.</summary>
    private static int Size(ReadOnlySpan<byte> delta, ref int at)
    {
        long size = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Part(delta, at++, 1)[0];
            size |= (long)(next & 0x7f) << shift;
            if ((next & 0x80) == 0)
            {
                return size <= GitObjects.Largest ? (int)size : throw new InvalidDataException("an object is too large");
            }
        }

        throw new InvalidDataException("a delta has a size that nobody knows");
    }

    /// <summary>A number of which only the bytes are there that the low bits of a mask name, the lowest first.</summary>
    private static int Number(ReadOnlySpan<byte> delta, ref int at, int mask, int bytes)
    {
        var number = 0;
        for (var i = 0; i < bytes; i++)
        {
            if ((mask & (1 << i)) != 0)
            {
                number |= Part(delta, at++, 1)[0] << (8 * i);
            }
        }

        return number;
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, int start, int length) =>
        start >= 0 && length >= 0 && start <= bytes.Length - length ? bytes.Slice(start, length) : throw new InvalidDataException("a delta ends in the middle");
}
