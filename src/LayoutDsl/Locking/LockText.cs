using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Locking;

/// <summary>
/// A lock as text, for review in a diff and for merging in git: one slot a line in ordinal order, and nothing that depends on other lines. Reading takes the lines in
/// any order, since a merge that keeps both sides' lines may not keep it.
/// </summary>
public static class LockText
{
    private const string Header = "layoutdsl-lock";
    private const ulong Version = 1;

    /// <summary>The first words of ranks' lines, by <see cref="LockedOrder"/>.</summary>
    private static readonly string[] Orders = { "jump", "library", "thumbjump" };

    private static readonly string[] ConflictMarkers = { "<<<<<<<", "|||||||", "=======", ">>>>>>>" };

    /// <summary>Writes a lock. Equal locks give equal bytes.</summary>
    public static string Write(LockFile locked)
    {
        var text = new StringBuilder();
        text.AppendRecord(Header, Version);
        text.Append("# slot OWNER SECTION PART REGION ADDRESS RESERVED CONTENT; library or jump NAME RANK; piece LIBRARY PATH MEMBER SECTION PART: 'layout lock' writes this file, and it belongs into version control.\n");
        foreach (LockedRank rank in locked.Ranks) text.AppendRecord(Orders[(int)rank.Kind], rank.Name, rank.Rank);
        foreach (LockedPiece piece in locked.Pieces) text.AppendRecord("piece", piece.Owner, piece.Path, piece.Member, piece.Section, piece.Part);
        foreach (LockedSlot slot in locked.Slots)
        {
            text.AppendRecord("slot", slot.Owner, slot.Section, slot.Part, slot.Region, (FormattableString)$"0x{slot.Address:x}", (FormattableString)$"0x{slot.Reserved:x}", slot.Content);
        }

        return text.ToString();
    }

    /// <summary>Reads a lock; the value is null after damage, which diagnostics at its lines say.</summary>
    public static Result<LockFile> Read(SourceText text)
    {
        var bag = new DiagnosticBag();
        if (FindConflict(text) is { } conflict)
        {
            bag.ReportLockConflict(conflict);
            return new Result<LockFile>(null, bag.ToSortedArray());
        }

        var slots = new Dictionary<(string, string, string), (LockedSlot Slot, int Line)>();
        var reader = new RecordReader(text.Content);
        if (!reader.Read() || reader.Keyword != Header) reader.Fail($"'{Header}' is expected");
        else if (reader.Number(0) != Version) reader.Fail("the lock is of another version");
        var ranks = new Dictionary<(LockedOrder, string), (LockedRank Rank, int Line)>();
        var pieces = new Dictionary<(string, string, string, string), (LockedPiece Piece, int Line)>();
        while (reader.Read())
        {
            int order = Array.IndexOf(Orders, reader.Keyword);
            if (order >= 0) AddRank(text, reader, (LockedOrder)order, ranks, bag);
            else if (reader.Keyword == "piece") AddPiece(text, reader, pieces, bag);
            else AddSlot(text, reader, slots, bag);
        }

        if (reader.Error is { } error) bag.ReportBadLock(LocateLine(text, Math.Max(1, reader.Line)), error);
        return new Result<LockFile>(bag.HasErrors ? null : LockFile.Of(slots.Values.Select(s => s.Slot), ranks.Values.Select(r => r.Rank), pieces.Values.Select(p => p.Piece)), bag.ToSortedArray());
    }

    private static void AddRank(SourceText text, RecordReader reader, LockedOrder order, Dictionary<(LockedOrder, string), (LockedRank Rank, int Line)> ranks, DiagnosticBag bag)
    {
        if (reader.FieldCount != 2)
        {
            reader.Fail("a rank has two fields");
            return;
        }

        var rank = new LockedRank(order, reader.Text(0), reader.Number(1));
        if (rank.Rank > int.MaxValue) reader.Fail("the rank is no sensible number");
        if (reader.Error is not null) return;
        if (!ranks.TryGetValue((order, rank.Name), out (LockedRank Rank, int Line) first)) ranks.Add((order, rank.Name), (rank, reader.Line));
        else if (first.Rank != rank) bag.ReportLockedTwice(LocateLine(text, reader.Line), $"the place of '{rank.Name}'", LocateLine(text, first.Line));
    }

    private static void AddPiece(SourceText text, RecordReader reader, Dictionary<(string, string, string, string), (LockedPiece Piece, int Line)> pieces, DiagnosticBag bag)
    {
        if (reader.FieldCount != 5)
        {
            reader.Fail("a piece has five fields");
            return;
        }

        var piece = new LockedPiece(reader.Text(0), reader.Text(1), reader.Text(2), reader.Text(3), reader.Text(4));
        if (piece.Part.Length == 0) reader.Fail("the piece is in no part");
        if (reader.Error is not null) return;
        if (!pieces.TryGetValue(piece.Key, out (LockedPiece Piece, int Line) first)) pieces.Add(piece.Key, (piece, reader.Line));
        else if (first.Piece != piece) bag.ReportLockedTwice(LocateLine(text, reader.Line), $"'{piece.Section}' of {piece.Path} in '{piece.Owner}'", LocateLine(text, first.Line));
    }

    private static void AddSlot(SourceText text, RecordReader reader, Dictionary<(string, string, string), (LockedSlot Slot, int Line)> slots, DiagnosticBag bag)
    {
        if (reader.Keyword != "slot" || reader.FieldCount != 7)
        {
            reader.Fail(reader.Keyword == "slot" ? "a slot has seven fields" : $"'{reader.Keyword}' is not expected here");
            return;
        }

        var slot = new LockedSlot(reader.Text(0), reader.Text(1), reader.Text(2), reader.Text(3), reader.Number(4), reader.Number(5), reader.Text(6));
        if (slot.Address > ulong.MaxValue - slot.Reserved) reader.Fail("the slot reaches beyond 64 bits");
        if (reader.Error is not null) return;
        if (!slots.TryGetValue(slot.Key, out (LockedSlot Slot, int Line) first)) slots.Add(slot.Key, (slot, reader.Line));
        else if (first.Slot != slot) bag.ReportLockedTwice(LocateLine(text, reader.Line), slot.DisplayName, LocateLine(text, first.Line));
    }

    private static SourceLocation? FindConflict(SourceText text)
    {
        for (int line = 1; line <= text.LineCount; line++)
        {
            string content = text.GetLine(line - 1);
            if (ConflictMarkers.Any(m => content.StartsWith(m, StringComparison.Ordinal))) return LocateLine(text, line);
        }

        return null;
    }

    /// <summary>The location of a line, counted from one.</summary>
    private static SourceLocation LocateLine(SourceText text, int line)
    {
        int index = Math.Min(line, text.LineCount) - 1;
        return text.GetLocation(new TextSpan(text.GetLineStart(index), text.GetLine(index).Length));
    }
}
