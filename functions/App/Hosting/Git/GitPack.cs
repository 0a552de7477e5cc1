using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace ScaleFunctions.App.Hosting.Git;

/// <summary>A pack of objects and its index (https://git-scm.com/docs/pack-format).</summary>
/// <param name="index">The file <c>.idx</c>, beside which the <c>.pack</c> lies.</param>
/// <param name="find">Finds an object that another one is made of, wherever it is.</param>
internal sealed class GitPack(string index, Func<string, int, GitObject?> find)
{
    private const uint Magic = 0xff744f63;
    private const int Header = 8;
    private const int Fanout = 256 * sizeof(int);

    /// <summary>Objects that are made of others which are made of others; Git itself stops far earlier.</summary>
    private const int Deepest = 1000;

    /// <summary>The object of a name; nothing when the pack does not hold it.</summary>
    /// <param name="hash">The name.</param>
    /// <param name="depth">How many objects are made of it already.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public GitObject? Find(string hash, int depth)
    {
        if (Offset(Convert.FromHexString(hash)) is not { } offset)
        {
            return null;
        }

        using var pack = File.OpenRead(Path.ChangeExtension(index, ".pack"));
        return Read(pack, offset, hash.Length / 2, depth);
    }

    private long? Offset(byte[] hash)
    {
        using var file = File.OpenHandle(index);
        if (Number(file, 0) != Magic || Number(file, sizeof(int)) != 2)
        {
            // The older form has not been written since 2007.
            throw new InvalidDataException($"{index} is no index of a form that is known here");
        }

        var total = Number(file, Header + Fanout - sizeof(int));
        long low = hash[0] == 0 ? 0 : Number(file, Header + ((hash[0] - 1) * sizeof(int)));
        long high = Number(file, Header + (hash[0] * sizeof(int)));
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = Bytes(file, Header + Fanout + (middle * hash.Length), hash.Length).AsSpan().SequenceCompareTo(hash);
            if (order == 0)
            {
                return Offset(file, total, middle, hash.Length);
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
        }

        return null;
    }

    /// <summary>Names, check sums and offsets follow each other; what does not fit into an offset is in a table of its own behind them.</summary>
    private static long Offset(SafeFileHandle file, long total, long number, int hashLength)
    {
        var offset = Number(file, Header + Fanout + (total * (hashLength + sizeof(int))) + (number * sizeof(int)));
        return (offset & 0x80000000) == 0
            ? offset
            : BinaryPrimitives.ReadInt64BigEndian(Bytes(file, Header + Fanout + (total * (hashLength + (2 * sizeof(int)))) + ((offset & 0x7fffffff) * sizeof(long)), sizeof(long)));
    }

    private GitObject Read(FileStream pack, long offset, int hashLength, int depth)
    {
        if (depth > Deepest || offset < 0)
        {
            throw new InvalidDataException("objects are made of each other");
        }

        pack.Seek(offset, SeekOrigin.Begin);
        var (kind, size) = Head(pack);
        GitObject? original = null;
        if (kind is 6 or 7)
        {
            var (back, name) = kind == 6 ? (Back(pack), "") : (0, Name(pack, hashLength));
            var own = pack.Position;
            original = kind == 6
                ? back > 0 ? Read(pack, offset - back, hashLength, depth + 1) : throw new InvalidDataException("an object is made of itself")
                : find(name, depth + 1) ?? throw new InvalidDataException($"the object {name} is missing");
            pack.Seek(own, SeekOrigin.Begin);
        }

        var content = GitObjects.Inflate(pack, size);
        return original is null ? new GitObject(KindOf(kind), content) : original with { Content = GitDelta.Apply(original.Content, content) };
    }

    /// <summary>Three bits of kind, and the size in four bits and seven a byte, the lowest first.</summary>
    private static (int Kind, int Size) Head(FileStream pack)
    {
        var next = Byte(pack);
        var kind = (next >> 4) & 7;
        long size = next & 15;
        for (var shift = 4; (next & 0x80) != 0; shift += 7)
        {
            next = Byte(pack);
            size |= shift < 32 ? (long)(next & 0x7f) << shift : long.MaxValue;
        }

        return size is >= 0 and <= GitObjects.Largest ? (kind, (int)size) : throw new InvalidDataException("an object is too large");
    }

    /// <summary>How far back the other object lies: seven bits a byte, the highest first, and one more for each byte that follows.</summary>
    private static long Back(FileStream pack)
    {
        var next = Byte(pack);
        long back = next & 0x7f;
        while ((next & 0x80) != 0 && back < long.MaxValue >> 8)
        {
            next = Byte(pack);
            back = ((back + 1) << 7) | (uint)(next & 0x7f);
        }

        return back;
    }

    private static string Name(FileStream pack, int length)
    {
        var name = new byte[length];
        pack.ReadExactly(name);
        return Convert.ToHexStringLower(name);
    }

    private static string KindOf(int kind) => kind switch
    {
        1 => "commit",
        2 => "tree",
        3 => "blob",
        4 => "tag",
        _ => throw new InvalidDataException("an object is of a kind that nobody knows"),
    };

    private static int Byte(FileStream pack) => pack.ReadByte() is var next and >= 0 ? next : throw new EndOfStreamException("a pack ends in the middle");

    private static uint Number(SafeFileHandle file, long at) => BinaryPrimitives.ReadUInt32BigEndian(Bytes(file, at, sizeof(uint)));

    private static byte[] Bytes(SafeFileHandle file, long at, int count)
    {
        var bytes = new byte[count];
        return RandomAccess.Read(file, bytes, at) == count ? bytes : throw new EndOfStreamException("an index ends in the middle");
    }
}
