"""A coordinator and two partners at work: they edit, send, return, merge and undo in any order."""

from __future__ import annotations

from typing import cast

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from teamwork.laws import same_but_for, seen
from teamwork.memory import Memory
from teamwork.small import one_edit, own_edit, small

from sif_desktop.app import joint, packets
from sif_desktop.app.common_ground import NOTE, merged_before
from sif_desktop.app.joint import Plan
from sif_desktop.model.difference import difference
from sif_desktop.model.edit import Change, apply_all, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork import rounds
from sif_desktop.teamwork.choice import Pick
from sif_desktop.teamwork.packet import make_packet, to_note, to_notes
from sif_desktop.teamwork.rounds import BACK

PARTNERS = ("p1", "p2")
partners = st.sampled_from(PARTNERS)
ways = st.sampled_from(("leave", "mine", "theirs", "some"))


def plan(mine: Memory, theirs: Memory) -> Plan:
    drafts = cast(Draft, mine), cast(Draft, theirs)
    return joint.plan_between(drafts[0], mine.proposal, drafts[1])


class Consortium(RuleBasedStateMachine):
    """`desks` are the drafts that are worked on, `post` the packets that came back last."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Memory(small(), "home")
        self.desks: dict[str, Memory] = {}
        self.post: dict[str, Memory] = {}
        self.count = 0

    @initialize()
    def send_to_all(self) -> None:
        for partner in PARTNERS:
            self.send(partner)

    @rule(number=st.integers(1, 3), data=st.data())
    def edit_at_home(self, number: int, data: st.DataObject) -> None:
        self.edit(self.home, number, data)

    @rule(partner=partners, number=st.integers(1, 4), data=st.data())
    def edit_anything(self, partner: str, number: int, data: st.DataObject) -> None:
        self.edit(self.desks.get(partner, self.home), number, data)

    @rule(partner=partners, number=st.integers(1, 4), data=st.data())
    def edit_own_parts(self, partner: str, number: int, data: st.DataObject) -> None:
        desk = self.desks.get(partner, self.home)
        for _ in range(number):
            self.count += 1
            desk.act(data.draw(own_edit(desk.proposal, partner, f"{desk.author}{self.count}")))

    def edit(self, desk: Memory, number: int, data: st.DataObject) -> None:
        for _ in range(number):
            self.count += 1
            desk.act(data.draw(one_edit(desk.proposal, f"{desk.author}{self.count}")))

    @rule(who=st.sampled_from(("home", *PARTNERS)))
    def undo(self, who: str) -> None:
        self.desks.get(who, self.home).undo()

    @rule()
    def redo(self) -> None:
        self.home.redo()

    @precondition(lambda self: self.home.seq % 3 == 0)
    @rule(partner=partners)
    def send_anew(self, partner: str) -> None:
        """Whoever gets another packet leaves the one at work, as it was last returned."""
        self.send(partner)

    def send(self, partner: str) -> None:
        tree = self.home.proposal
        if all(item.id != partner for item in tree.partners):
            return
        sent = packets.sent(cast(Draft, self.home))
        packet = make_packet(tree, partner, seq=self.home.seq, assigned=("answers/vision_future",))
        self.home.put_note("packets", to_notes([*sent.values(), packet]))
        self.desks[partner] = Memory(tree, partner)
        self.desks[partner].put_note("packet", to_note(packet))

    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        """Back to an earlier moment, by an act of its own."""
        seq = data.draw(st.integers(0, self.home.seq))
        edits = difference(self.home.proposal, self.home.trees[seq])
        if not edits:
            return
        act = make_change(self.home.proposal, edits, label=BACK, subject=str(seq))
        self.home.commit(act[1])
        for theirs in self.post.values():
            packet = packets.packet_of(cast(Draft, theirs))
            assert packet
            noted = rounds.from_note(self.home.note(NOTE), "home")
            # What was merged, or decided, at that very moment still is.
            later = all(one.seq > seq for one in noted if one.line == packet.id)
            if later and seq <= packet.seq and self.home.proposal == theirs.trees[0]:
                done = plan(self.home, theirs)
                picks = self.pick(done, "theirs")
                tree, _ = apply_all(done.merge.mine, joint.edits_of(done, picks))
                assert tree == theirs.proposal, "what was merged before is not news again"

    @rule(partner=partners)
    def send_back(self, partner: str) -> None:
        if partner in self.desks:
            self.post[partner] = self.desks[partner].sent_by_mail()

    @rule(partner=partners, how=ways)
    def send_back_and_merge(self, partner: str, how: str) -> None:
        self.send_back(partner)
        self.merge(partner, how)

    @precondition(lambda self: self.post)
    @rule(partner=partners, how=ways)
    def merge(self, partner: str, how: str) -> None:
        if partner not in self.post:
            return
        theirs, before = self.post[partner], self.home.proposal
        done = plan(self.home, theirs)
        self.nothing_is_lost(done, theirs)
        picks = self.pick(done, how)
        joint.carry_out(cast(Draft, self.home), done, picks)
        if how == "leave":
            assert self.home.proposal == self.settled(done)
        again = plan(self.home, theirs)
        assert joint.edits_of(again, {}) == (), "the same packet again changes something"
        if how in ("mine", "theirs"):
            assert not again.open, "what was decided is asked again"
        if self.home.proposal != before:
            self.undone_and_done_again(before, theirs, done, picks)

    def undone_and_done_again(
        self, before: Proposal, theirs: Memory, done: Plan, picks: dict[str, Pick]
    ) -> None:
        """Undoing a merge takes all of it back, and the packet then brings all of it again."""
        merged = self.home.proposal
        undone = self.home.undo()
        assert isinstance(undone, Change)
        assert undone.label == "merge"
        assert self.home.proposal == before
        again = plan(self.home, theirs)
        tree, _ = apply_all(before, joint.edits_of(again, {**done.settled, **picks}))
        assert tree == merged
        self.home.redo()
        assert self.home.proposal == merged

    @precondition(lambda self: len(self.post) == len(PARTNERS))
    @rule()
    def either_order(self) -> None:
        """Merging one packet and then the other gives what the other order gives."""
        trees, asked = [], set()
        for order in (PARTNERS, PARTNERS[::-1]):
            home = self.home.sent_by_mail()
            home.done, home.taken_back = [], []
            for partner in order:
                done = plan(home, self.post[partner])
                asked |= {place for one in done.merge.choices for place in one.covers}
                joint.carry_out(cast(Draft, home), done, {})
            trees.append(home.proposal)
        same_but_for(trees[0], trees[1], asked)

    @invariant()
    def the_draft_is_whole(self) -> None:
        for desk in (self.home, *self.desks.values()):
            tree = desk.proposal
            assert Proposal.model_validate(tree.model_dump(mode="json")) == tree

    def nothing_is_lost(self, done: Plan, theirs: Memory) -> None:
        """Each edit of either side is in the merged tree or in a choice that is shown."""
        tree = self.settled(done)
        base = self.common(done, theirs)
        for side in (theirs.proposal, done.merge.mine):
            for edit in difference(base, side):
                assert seen(edit, done.merge, tree, base, side), edit

    def common(self, done: Plan, theirs: Memory) -> Proposal:
        """The state from which both sides are seen to have worked: the packet, or the last merge.

        Where the last merge still stands, nothing of it may be left to be asked for.
        """
        before = merged_before(cast(Draft, self.home), cast(Draft, theirs), done.line)
        return theirs.proposal_at(before.common or 0)

    def settled(self, done: Plan) -> Proposal:
        tree, _ = apply_all(done.merge.mine, joint.edits_of(done, {}))
        return tree

    def pick(self, done: Plan, how: str) -> dict[str, Pick]:
        picks: dict[str, Pick] = {}
        for place, choice in enumerate(done.open):
            if how in ("mine", "theirs"):
                picks[choice.key] = cast(Pick, how)
            elif how == "some" and place % 2:
                picks[choice.key] = "theirs" if place % 4 == 1 else "mine"
        return picks
